package org.acopio.client.send;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.acopio.client.scan.FileStamp;
import org.acopio.client.scan.MediaFile;
import org.acopio.client.scan.Way;
import org.acopio.remote.Parts;
import org.acopio.remote.Sha256;

/**
 * Reads one file from its start to its end, once, and computes its digest and the checksums of its
 * parts from the bytes as they pass. Sees to it that the file stays what it was offered as.
 */
final class ContentReader implements Closeable {
  private static final int WARM_BYTES = 64 * 1024;
  private static final int WARM_ROUNDS = 96;

  private final Path path;
  private final FileStamp stamp;
  private final Instant since;
  private final FileChannel channel;
  private final MessageDigest digest = Sha256.start();
  private final CRC32C checksum = new CRC32C();
  private final int[] partChecksums = new int[Parts.COUNT];
  private int part;
  private long position;

  private ContentReader(Path path, FileStamp stamp, Instant since, FileChannel channel) {
    this.path = path;
    this.stamp = stamp;
    this.since = since;
    this.channel = channel;
  }

  /**
   * Opens a file that was offered.
   *
   * @param way by which the one before was opened
   * @param clock says when the reading begins
   * @throws ChangedException when it has another stamp by now
   */
  static ContentReader open(MediaFile file, Way way, Clock clock)
      throws IOException, ChangedException {
    Path path = file.path();
    FileStamp stamp = file.stamp();
    Instant since = clock.instant();
    // Before it is opened: opening what was put in the place of a file, a device say, may do harm.
    requireSame(path, stamp);
    FileChannel channel = way.open(file.root(), path);
    return new ContentReader(path, stamp, since, channel);
  }

  /**
   * Hashes zeros until the virtual machine has put the processor's own instructions in the place of
   * the Java code, which is ten times slower: otherwise the first files of a run pay for that.
   */
  static void warmUp() {
    MessageDigest digest = Sha256.start();
    byte[] zeros = new byte[WARM_BYTES];
    for (int i = 0; i < WARM_ROUNDS; i++) {
      digest.update(zeros);
    }
  }

  /** Where the next byte comes from. */
  long position() {
    return position;
  }

  /**
   * Reads exactly {@code count} bytes more to the end of {@code slab}.
   *
   * @throws ChangedException when the file ends before
   */
  void read(int count, Slab slab) throws IOException, ChangedException {
    int left = count;
    while (left > 0) {
      ByteBuffer room = slab.room();
      room.limit(room.position() + Math.min(left, room.remaining()));
      int start = room.position();
      int got = channel.read(room);
      if (got < 0) {
        throw new ChangedException(FileTrouble.Code.SHRANK);
      }
      take(room.array(), start, got);
      slab.filled(got);
      left -= got;
    }
  }

  /** Reads the rest through {@code slab}, which is empty after it. */
  void readThrough(Slab slab) throws IOException, ChangedException {
    while (position < stamp.size()) {
      read((int) Math.min(Segments.BYTES, stamp.size() - position), slab);
      slab.cut(0);
    }
  }

  /**
   * What was read, after the last byte.
   *
   * @throws ChangedException when the file has more bytes, or another stamp by now
   */
  Content end() throws IOException, ChangedException {
    if (channel.read(ByteBuffer.allocate(1)) >= 0) {
      throw new ChangedException(FileTrouble.Code.GREW);
    }
    requireSame(path, stamp);
    while (part < Parts.COUNT) {
      closePart();
    }
    return new Content(Sha256.finish(digest), partChecksums, since);
  }

  private void take(byte[] bytes, int offset, int count) {
    digest.update(bytes, offset, count);
    int from = offset;
    int left = count;
    while (left > 0) {
      long partEnd = Parts.end(part, stamp.size());
      int inPart = (int) Math.min(left, partEnd - position);
      checksum.update(bytes, from, inPart);
      from += inPart;
      left -= inPart;
      position += inPart;
      if (position == partEnd && part < Parts.COUNT - 1) {
        closePart();
      }
    }
  }

  private void closePart() {
    partChecksums[part++] = (int) checksum.getValue();
    checksum.reset();
  }

  private static void requireSame(Path path, FileStamp stamp) throws IOException, ChangedException {
    if (!stamp.agrees(FileStamp.of(path))) {
      throw new ChangedException(FileTrouble.Code.CHANGED);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /**
   * What a file held.
   *
   * @param digest of the whole
   * @param partChecksums CRC32C of each part
   * @param since when the reading began
   */
  record Content(Sha256 digest, int[] partChecksums, Instant since) {}
}
