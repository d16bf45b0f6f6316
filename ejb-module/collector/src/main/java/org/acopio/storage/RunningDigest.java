package org.acopio.storage;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.acopio.remote.Parts;
import org.acopio.remote.Sha256;

/**
 * What is known of a file's content while its bytes pass in order: SHA-256, the checksum of each
 * part, and the first bytes. Not thread-safe.
 */
final class RunningDigest {
  /** How many of the first bytes are kept. */
  static final int HEAD_BYTES = 2048;

  private final long size;
  private final MessageDigest sha256 = Sha256.start();
  private final CRC32C crc = new CRC32C();
  private final int[] partChecksums = new int[Parts.COUNT];
  private byte[] head = new byte[0];
  private long position;
  private int part;
  private boolean finished;
  private Sha256 digest = Sha256.of(new byte[Sha256.LENGTH]);

  RunningDigest(long size) {
    this.size = size;
  }

  /** How many bytes have passed. */
  long position() {
    return position;
  }

  /** The next bytes of the file; the buffer's position moves to its limit. */
  void pass(ByteBuffer bytes) {
    keepHead(bytes);
    while (bytes.hasRemaining()) {
      while (position >= Parts.end(part, size)) {
        endPart();
      }
      int count = (int) Math.min(bytes.remaining(), Parts.end(part, size) - position);
      ByteBuffer slice = bytes.slice(bytes.position(), count);
      crc.update(slice.duplicate());
      sha256.update(slice);
      bytes.position(bytes.position() + count);
      position += count;
    }
  }

  /** SHA-256 of the whole file, once all of it has passed. */
  Sha256 digest() {
    finish();
    return digest;
  }

  /** CRC32C of each part, once the whole file has passed. */
  int[] partChecksums() {
    finish();
    return partChecksums.clone();
  }

  /** The first bytes that have passed, at most {@link #HEAD_BYTES}. */
  byte[] head() {
    return head.clone();
  }

  private void finish() {
    if (position != size) {
      throw new IllegalStateException(position + " of " + size + " bytes have passed");
    }
    if (!finished) {
      while (part < Parts.COUNT) {
        endPart();
      }
      digest = Sha256.finish(sha256);
      finished = true;
    }
  }

  private void endPart() {
    partChecksums[part++] = (int) crc.getValue();
    crc.reset();
  }

  private void keepHead(ByteBuffer bytes) {
    int count = Math.min(bytes.remaining(), HEAD_BYTES - head.length);
    if (count > 0) {
      int kept = head.length;
      head = Arrays.copyOf(head, kept + count);
      bytes.duplicate().get(head, kept, count);
    }
  }
}
