package org.acopio.web.content;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.acopio.remote.StoredFile;
import org.acopio.storage.Storage;
import org.acopio.web.content.Ranges.Range;
import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;

/** Sends a stored file, whole or in ranges, of any size, through one buffer. */
final class FileBytes {
  /** As much as a socket takes at once; more only waits longer. */
  static final int BUFFER = 64 << 10;

  /** Between the parts of an answer; 128 random bits that no file has by accident. */
  private static final String BOUNDARY = "acopio-7d1f0c5e9a3b48d2b6e4f81c2a905d73";

  private final Storage storage;

  FileBytes(Storage storage) {
    this.storage = storage;
  }

  void send(StoredFile file, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String tag = "\"" + file.receipt().digest() + "\"";
    Instant changed = file.receipt().storedAt();
    response.setHeader("ETag", tag);
    response.setHeader("Last-Modified", Conditions.httpDate(changed));
    response.setHeader("Accept-Ranges", "bytes");
    Conditions conditions = new Conditions(request::getHeader, tag, changed);
    switch (conditions.verdict()) {
      case FAILED -> response.setStatus(HttpServletResponse.SC_PRECONDITION_FAILED);
      case NOT_MODIFIED -> response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      case SEND -> sendBytes(file, request, response, conditions);
    }
  }

  private void sendBytes(
      StoredFile file,
      HttpServletRequest request,
      HttpServletResponse response,
      Conditions conditions)
      throws IOException {
    long size = file.receipt().size();
    ServedType type = ServedType.of(file.mediaType());
    boolean inline = type.inline() && request.getParameter("download") == null;
    boolean head = request.getMethod().equals("HEAD");
    // Ranges are of GET only (RFC 9110, 14.2).
    Optional<List<Range>> ranges =
        head || !conditions.rangesApply()
            ? Optional.empty()
            : Ranges.of(request.getHeader("Range"), size);
    try (SeekableByteChannel in = storage.open(file.receipt().storedAs(), size)) {
      response.setHeader("Content-Disposition", Disposition.of(inline, file.path().toString()));
      if (ranges.isEmpty()) {
        response.setContentType(type.mediaType());
        response.setContentLengthLong(size);
        if (!head) {
          copy(in, new Range(0, size - 1), response.getOutputStream());
        }
      } else if (ranges.get().isEmpty()) {
        response.setHeader("Content-Range", "bytes */" + size);
        throw new ProblemException(Trouble.RANGE_BEYOND_END, size);
      } else if (ranges.get().size() == 1) {
        one(in, ranges.get().get(0), size, type, response);
      } else {
        several(in, ranges.get(), size, type, response);
      }
    }
  }

  private static void one(
      SeekableByteChannel in, Range range, long size, ServedType type, HttpServletResponse response)
      throws IOException {
    response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
    response.setContentType(type.mediaType());
    response.setHeader("Content-Range", range.of(size));
    response.setContentLengthLong(range.length());
    copy(in, range, response.getOutputStream());
  }

  /** RFC 9110, section 14.6. */
  private static void several(
      SeekableByteChannel in,
      List<Range> ranges,
      long size,
      ServedType type,
      HttpServletResponse response)
      throws IOException {
    response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
    response.setContentType("multipart/byteranges; boundary=" + BOUNDARY);
    byte[] end = ascii("\r\n--" + BOUNDARY + "--\r\n");
    long length = end.length;
    for (Range range : ranges) {
      length += partHead(range, size, type).length + range.length();
    }
    response.setContentLengthLong(length);
    OutputStream out = response.getOutputStream();
    for (Range range : ranges) {
      out.write(partHead(range, size, type));
      copy(in, range, out);
    }
    out.write(end);
  }

  private static byte[] partHead(Range range, long size, ServedType type) {
    return ascii(
        "\r\n--%s\r\nContent-Type: %s\r\nContent-Range: %s\r\n\r\n"
            .formatted(BOUNDARY, type.mediaType(), range.of(size)));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void copy(SeekableByteChannel in, Range range, OutputStream out)
      throws IOException {
    in.position(range.first());
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER, Math.max(1, range.length())));
    for (long left = range.length(); left > 0; left -= buffer.limit()) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), left));
      if (in.read(buffer) < 0) {
        throw new EOFException(
            "the file ends " + left + " bytes early: somebody changes the store");
      }
      buffer.flip();
      out.write(buffer.array(), 0, buffer.limit());
    }
  }
}
