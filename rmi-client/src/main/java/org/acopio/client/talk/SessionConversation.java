package org.acopio.client.talk;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A session with a server: each message is answered with the day, the time and how long the
 * connection has lasted. For one thread at a time; after a failure only {@link #close} is left.
 * Protocol: docs/protocols.md, Session.
 */
public final class SessionConversation implements AutoCloseable {
  /**
   * The longest message, in bytes. Messages have no end of their own, so one that does not fit into
   * a single read of the server would be several there, each with an answer.
   */
  public static final int MAX_MESSAGE_BYTES = 1024;

  /** The word that ends a session. */
  public static final String END = "SALIR";

  private final PlainConnection connection;

  private SessionConversation(PlainConnection connection) {
    this.connection = connection;
  }

  /**
   * A session with the server at an address.
   *
   * @param host name or address, without brackets
   * @param port 1 to 65535
   * @param patience how long the connection, and each whole answer, is waited for
   * @throws TalkException {@code UNKNOWN_HOST}, {@code NO_ANSWER}, {@code TIMEOUT}, {@code FAILED}
   */
  public static SessionConversation open(String host, int port, Duration patience)
      throws TalkException {
    return new SessionConversation(PlainConnection.open(host, port, patience));
  }

  /**
   * Sends a message without an end of line and returns the answer, which may contain control
   * characters.
   *
   * @throws TalkException {@code SLOW}, {@code ENDED_EARLY}, {@code TOO_MUCH} after 4,096 bytes
   */
  public String say(byte[] message) throws TalkException {
    SessionAnswer answer = new SessionAnswer();
    connection.exchange(message, answer);
    return answer.heard().strip();
  }

  /**
   * What the server said without having been asked, empty when nothing; returns at once.
   *
   * @throws TalkException {@code ENDED}
   */
  public String look() throws TalkException {
    SessionAnswer said = new SessionAnswer();
    connection.look(said);
    return said.heard().strip();
  }

  /** Says that the session is over, and returns how long it was. */
  public String leave() throws TalkException {
    return say(END.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() {
    connection.close();
  }
}
