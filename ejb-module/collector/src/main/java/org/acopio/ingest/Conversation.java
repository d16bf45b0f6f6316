package org.acopio.ingest;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.acopio.remote.CollectorException;

/**
 * What is spoken on one connection, from the greeting to its end. Answers come in the order of the
 * requests. Calls must not overlap, but may come from different threads, and may take as long as
 * disk and catalog do.
 *
 * <p>Memory: the frame that is arriving, as far as it has arrived, and what one call brings; never
 * more for what a length declares.
 */
public final class Conversation {
  /** The one version of the framing so far. */
  static final int VERSION = 1;

  /** Requests that a client may have without an answer. */
  static final int MAX_REQUESTS = 16;

  /** How many of them may be {@code list} or {@code read}. */
  static final int MAX_READS = 2;

  private static final Logger LOG = System.getLogger(Conversation.class.getName());
  private static final byte[] MAGIC = "ACOPIO".getBytes(StandardCharsets.US_ASCII);
  private static final int GREETING_BYTES = MAGIC.length + 2;
  private static final int REPLY_BYTES = GREETING_BYTES + Integer.BYTES;

  private final Calls calls;
  private final Line line;
  private final int maxFrameBytes;
  private final Pace pace;
  private final Inbox inbox = new Inbox();
  private boolean greeted;
  private boolean over;
  private int requests;
  private int reads;
  private volatile long served;

  Conversation(Calls calls, Line line, int maxFrameBytes, Pace pace) {
    this.calls = calls;
    this.line = line;
    this.maxFrameBytes = maxFrameBytes;
    this.pace = pace;
  }

  /**
   * Takes what arrived, in pieces of any size, and answers the requests that it completes.
   *
   * @param bytes from position to limit; consumed
   */
  public void received(ByteBuffer bytes) {
    if (over) {
      bytes.position(bytes.limit());
      return;
    }
    if (inbox.size() == 0) {
      pace.restart();
    }
    inbox.add(bytes);
    int needed = inbox.size();
    try {
      if (advance()) {
        pace.restart();
        inbox.trim(needed);
      } else {
        pace.check(needed);
      }
    } catch (FaultException e) {
      end(e);
    }
  }

  /** The client sends no more. */
  public void inputEnded() {
    if (!over && inbox.size() > 0) {
      end(
          new FaultException(
              Fault.CUT_SHORT,
              "the input ended after "
                  + inbox.size()
                  + " bytes of "
                  + (greeted ? "a frame" : "a greeting")
                  + " that is longer; connect again and send all of it"));
    }
  }

  /** Requests that were answered so far; may be asked from any thread. */
  public long served() {
    return served;
  }

  /** How much memory waits for the rest of a frame. */
  int heldBytes() {
    return inbox.capacity();
  }

  /** Uses what is complete; false when nothing is. */
  private boolean advance() throws FaultException {
    requests = 0;
    reads = 0;
    boolean used = !greeted && greet();
    while (greeted && frameIsThere()) {
      int length = inbox.take(Integer.BYTES).getInt();
      serve(Frame.of(inbox.take(length)));
      used = true;
    }
    return used;
  }

  // ---------------------------------------------------------------- greeting

  private boolean greet() throws FaultException {
    int there = Math.min(inbox.size(), MAGIC.length);
    for (int i = 0; i < there; i++) {
      if (inbox.peek(i) != MAGIC[i]) {
        throw new FaultException(
            Fault.NOT_ACOPIO,
            "this port speaks the ingest protocol of Acopio, and the first bytes are not its greeting ("
                + Greetings.guess(inbox.peek(0))
                + "); see docs/protocols.md, or dial the port of the service that is meant");
      }
    }
    if (inbox.size() < GREETING_BYTES) {
      return false;
    }
    ByteBuffer greeting = inbox.take(GREETING_BYTES);
    int lowest = Byte.toUnsignedInt(greeting.get(MAGIC.length));
    int highest = Byte.toUnsignedInt(greeting.get(MAGIC.length + 1));
    if (lowest > VERSION || highest < VERSION) {
      throw new FaultException(
          Fault.VERSION_MISMATCH,
          "the client speaks versions "
              + lowest
              + " to "
              + highest
              + " of the ingest protocol and this server version "
              + VERSION
              + "; use a client that was made for it");
    }
    greeted = true;
    greetBack(VERSION);
    return true;
  }

  /** Version 0 says that an error follows, and nothing else. */
  private void greetBack(int version) {
    line.send(
        ByteBuffer.allocate(REPLY_BYTES)
            .put(MAGIC)
            .put((byte) version)
            .put((byte) 0)
            .putInt(maxFrameBytes)
            .flip());
  }

  // ------------------------------------------------------------------ frames

  private boolean frameIsThere() throws FaultException {
    if (inbox.size() < Integer.BYTES) {
      return false;
    }
    long length = inbox.peekLength();
    if (length < Frame.HEAD_BYTES || length > maxFrameBytes) {
      throw new FaultException(
          Fault.FRAME_LENGTH,
          "a frame declares "
              + length
              + " bytes; it has "
              + Frame.HEAD_BYTES
              + " to "
              + maxFrameBytes
              + "; send fewer blocks or files in one frame");
    }
    return inbox.size() - Integer.BYTES >= length;
  }

  private void serve(Frame request) throws FaultException {
    if (request.request() == 0) {
      throw FaultException.malformed(
          "request number 0 is the server's own; number requests from 1 on");
    }
    line.send(reply(request).bytes());
    served = served + 1;
  }

  private Frame reply(Frame request) {
    try {
      admit(request.type());
      return request.answer(calls.answer(request));
    } catch (FaultException e) {
      return Frame.error(request.request(), e.fault(), e.getMessage());
    } catch (CollectorException e) {
      return Frame.error(request.request(), Fault.of(e.code()), e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "an ingest request of type " + request.type() + " failed", e);
      return Frame.error(
          request.request(),
          Fault.FAILED,
          "the server failed, and its log says why; try again later");
    }
  }

  /**
   * Requests that come in one piece were all sent before an answer to any of them. A client that
   * sends many of them and reads no answer would fill the memory.
   */
  private void admit(int type) throws FaultException {
    requests++;
    reads += Calls.readsBack(type) ? 1 : 0;
    if (requests > MAX_REQUESTS || reads > MAX_READS) {
      throw new FaultException(
          Fault.TOO_MANY_REQUESTS,
          "more than "
              + MAX_REQUESTS
              + " requests, or "
              + MAX_READS
              + " of list and read, wait for their answers; read those, then send this one again");
    }
  }

  private void end(FaultException reason) {
    over = true;
    if (!greeted) {
      greetBack(0);
    }
    line.send(Frame.error(0, reason.fault(), reason.getMessage()).bytes());
    line.close();
    inbox.clear();
  }
}
