package org.acopio.thumbnail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.EnumMap;
import java.util.Map;
import org.acopio.thumbnail.Outcome.Details;
import org.acopio.thumbnail.Outcome.Picture;
import org.acopio.thumbnail.Outcome.Refused;

/**
 * Requests and outcomes as bytes, on the pipes between server and worker and in the cache: four
 * bytes of length, then the content. Neither side takes memory for a length before the bytes are
 * there, and a worker that a file has taken over can say nothing but an outcome.
 */
public final class Frames {
  private static final int MAX_REQUEST = 256 << 10;

  /** A PNG of the largest box that cannot be packed, four bytes for each pixel, and some more. */
  private static final int MAX_OUTCOME = 4 * Request.MAX_BOX * Request.MAX_BOX + (1 << 20);

  private static final int PICTURE = 1;
  private static final int DETAILS = 2;
  private static final int REFUSED = 3;

  private Frames() {}

  /** Writes and flushes a request. */
  public static void write(Request request, OutputStream out) throws IOException {
    send(
        out,
        content -> {
          content.writeByte(request.task().ordinal());
          content.writeUTF(request.file());
          content.writeUTF(request.mediaType());
          content.writeInt(request.box());
          content.writeInt(request.page());
          content.writeLong(request.maxPixels());
        });
  }

  /**
   * Reads a request.
   *
   * @throws EOFException when the other side has closed
   */
  public static Request readRequest(InputStream in) throws IOException {
    DataInputStream content = receive(in, MAX_REQUEST);
    return checked(
        () ->
            new Request(
                Request.Task.values()[content.readByte()],
                content.readUTF(),
                content.readUTF(),
                content.readInt(),
                content.readInt(),
                content.readLong()));
  }

  /** Writes and flushes an outcome. */
  public static void write(Outcome outcome, OutputStream out) throws IOException {
    send(
        out,
        content -> {
          if (outcome instanceof Picture picture) {
            content.writeByte(PICTURE);
            content.writeUTF(picture.mediaType());
            content.writeInt(picture.width());
            content.writeInt(picture.height());
            content.write(picture.bytes());
          } else if (outcome instanceof Details details) {
            content.writeByte(DETAILS);
            for (Map.Entry<Fact, String> fact : details.facts().entrySet()) {
              content.writeByte(fact.getKey().ordinal());
              content.writeUTF(fact.getValue());
            }
          } else if (outcome instanceof Refused refused) {
            content.writeByte(REFUSED);
            content.writeByte(refused.reason().ordinal());
          }
        });
  }

  /**
   * Reads an outcome.
   *
   * @throws EOFException when the other side has closed
   */
  public static Outcome readOutcome(InputStream in) throws IOException {
    DataInputStream content = receive(in, MAX_OUTCOME);
    return checked(
        () ->
            switch (content.readByte()) {
              case PICTURE -> picture(content);
              case DETAILS -> details(content);
              case REFUSED -> new Refused(Reason.values()[content.readByte()]);
              default -> throw new IOException("an outcome of no known kind");
            });
  }

  private static Picture picture(DataInputStream content) throws IOException {
    String mediaType = content.readUTF();
    int width = content.readInt();
    int height = content.readInt();
    return new Picture(content.readAllBytes(), mediaType, width, height);
  }

  private static Details details(DataInputStream content) throws IOException {
    Map<Fact, String> facts = new EnumMap<>(Fact.class);
    while (content.available() > 0) {
      facts.put(Fact.values()[content.readByte()], content.readUTF());
    }
    return new Details(facts);
  }

  private static void send(OutputStream out, Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    content.write(new DataOutputStream(bytes));
    DataOutputStream frame = new DataOutputStream(out);
    frame.writeInt(bytes.size());
    bytes.writeTo(frame);
    frame.flush();
  }

  private static DataInputStream receive(InputStream in, int max) throws IOException {
    int length = new DataInputStream(in).readInt();
    if (length < 1 || length > max) {
      throw new IOException("a frame of " + length + " bytes; it has 1 to " + max);
    }
    byte[] content = in.readNBytes(length);
    if (content.length < length) {
      throw new EOFException("a frame of " + length + " bytes ends after " + content.length);
    }
    return new DataInputStream(new ByteArrayInputStream(content));
  }

  private static <T> T checked(Parse<T> parse) throws IOException {
    try {
      return parse.value();
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IOException("a frame that nothing here has written", e);
    }
  }

  private interface Content {
    void write(DataOutputStream out) throws IOException;
  }

  private interface Parse<T> {
    T value() throws IOException;
  }
}
