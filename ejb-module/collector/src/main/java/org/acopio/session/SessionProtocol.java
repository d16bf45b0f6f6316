package org.acopio.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The session protocol, for one client: every message is answered with the day and time and for how
 * long the client has been connected, {@code dd/MM/yyyy HH:mm:ss N secs}; the message {@code SALIR}
 * is answered {@code N secs} and ends the session. Source: docs/protocols.md.
 *
 * <p>{@code SALIR} counts exactly as it is written here, in capitals and with nothing around it but
 * a line end: any other text, {@code salir} too, is a message that other clients of this protocol
 * may send and expect the time for.
 *
 * <p>Pure: bytes in, bytes out. The calls of one client come one at a time, from any thread; {@link
 * #messages} may be asked by any.
 */
public final class SessionProtocol {
  private static final String LEAVE = "SALIR";
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm:ss", Locale.ROOT);

  private final Clock clock;
  private final Supplier<Duration> connected;
  private final MessageReader reader = new MessageReader();
  private volatile long messages;
  private boolean over;

  /**
   * The protocol for a client that is there now.
   *
   * @param clock gives the day and time, in its zone
   * @param connected for how long the client has been connected, by a monotonic clock
   */
  public SessionProtocol(Clock clock, Supplier<Duration> connected) {
    this.clock = clock;
    this.connected = connected;
  }

  /**
   * What to send, perhaps nothing, and whether to close then.
   *
   * @param bytes read-only
   * @param last whether the session is over with it
   */
  public record Answer(ByteBuffer bytes, boolean last) {
    public Answer {
      bytes = bytes.asReadOnlyBuffer();
    }
  }

  /** Answers what one read brought; consumes it. After the last answer nothing is answered. */
  public Answer read(ByteBuffer bytes) {
    StringBuilder answers = new StringBuilder();
    if (over) {
      bytes.position(bytes.limit());
    } else {
      reader.read(bytes, (message, end) -> answer(message, end, answers));
    }
    return answer(answers);
  }

  /** Answers what is left when the client sends no more. */
  public Answer inputEnded() {
    StringBuilder answers = new StringBuilder();
    byte[] last = reader.end();
    if (last.length > 0 && !over) {
      answer(last, LineEnd.NONE, answers);
    }
    return answer(answers);
  }

  /** How many messages were answered. */
  public long messages() {
    return messages;
  }

  private Answer answer(StringBuilder answers) {
    byte[] bytes = answers.toString().getBytes(StandardCharsets.US_ASCII);
    return new Answer(ByteBuffer.wrap(bytes), over);
  }

  /** Returns whether the session goes on. */
  private boolean answer(byte[] message, LineEnd end, StringBuilder answers) {
    over = isLeave(message);
    if (!over) {
      answers.append(DAY_AND_TIME.format(ZonedDateTime.now(clock))).append(' ');
    }
    answers.append(connected.get().toSeconds()).append(" secs").append(end.text());
    // One writer at a time; others only read it.
    messages = messages + 1;
    return !over;
  }

  /** A carriage return whose line feed has not come yet is no part of the word. */
  private static boolean isLeave(byte[] message) {
    int length = message.length;
    if (length > 0 && message[length - 1] == '\r') {
      length--;
    }
    return length == LEAVE.length()
        && new String(message, 0, length, StandardCharsets.ISO_8859_1).equals(LEAVE);
  }
}
