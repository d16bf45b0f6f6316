package org.acopio.client.talk;

import java.time.Duration;

/**
 * A conversation with an echo server: what is sent comes back, in however many pieces. For one
 * thread at a time; after a failure only {@link #close} is left. Protocol: docs/protocols.md, Echo.
 */
public final class EchoConversation implements AutoCloseable {
  /** The longest message, in bytes. */
  public static final int MAX_MESSAGE_BYTES = 1 << 20;

  private static final byte[] NOTHING = {};
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final PlainConnection connection;

  private EchoConversation(PlainConnection connection) {
    this.connection = connection;
  }

  /**
   * A conversation with the server at an address.
   *
   * @param host name or address, without brackets
   * @param port 1 to 65535
   * @param patience how long the connection, and each whole echo, is waited for
   * @throws TalkException {@code UNKNOWN_HOST}, {@code NO_ANSWER}, {@code TIMEOUT}, {@code FAILED}
   */
  public static EchoConversation open(String host, int port, Duration patience)
      throws TalkException {
    return new EchoConversation(PlainConnection.open(host, port, patience));
  }

  /**
   * Sends a message, and returns when exactly its bytes have come back.
   *
   * @throws TalkException {@code DIFFERENT}, {@code TOO_MUCH}, {@code SLOW}, {@code ENDED_EARLY}
   */
  public void echo(byte[] message) throws TalkException {
    connection.exchange(message, new EchoAnswer(message));
  }

  /**
   * Returns at once when the server is still there and silent.
   *
   * @throws TalkException {@code ENDED}; {@code TOO_MUCH} when it sent more than was sent to it
   */
  public void look() throws TalkException {
    connection.look(new EchoAnswer(NOTHING));
  }

  /** Sends a last message, does not mind what comes back, and ends the connection in order. */
  public void leave(byte[] message) throws TalkException {
    connection.exchange(message, new Ignored());
    connection.leave(FAREWELL);
  }

  @Override
  public void close() {
    connection.close();
  }
}
