package org.acopio.client.scan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.acopio.media.MediaDetector;
import org.acopio.media.MediaKind;
import org.jspecify.annotations.Nullable;

/**
 * The form of one record of the journal, little-endian:
 *
 * <pre>
 *  0 u32 length of the body      4 u32 CRC-32C of the body      8 body:
 *  0 u8 what (1 file, 2 gone)    1 u8 flags (1 media, 2 digest) 2 u16 length of the path
 *  4 u32 CRC-32C of the path     8 i64 size                    16 i64 modified, seconds
 * 24 u32 its nanoseconds        28 u32 nanoseconds of changed  32 i64 changed, seconds
 * 40 i64 inode                  48 u8 length of the type       49 u8 number of the rules
 * 50 type, ASCII, then the digest (32 bytes, when flagged), then the path
 * </pre>
 */
final class JournalRecord {
  static final int HEAD_BYTES = 8;
  static final int DIGEST_BYTES = 32;

  private static final int FIXED_BYTES = 50;
  private static final int MAX_TYPE_BYTES = 255;
  private static final int MAX_PATH_BYTES = 65_535;
  private static final int MIN_BODY_BYTES = FIXED_BYTES + 1;
  private static final int MAX_BODY_BYTES =
      FIXED_BYTES + MAX_TYPE_BYTES + DIGEST_BYTES + MAX_PATH_BYTES;

  /** The longest record. */
  static final int MAX_BYTES = HEAD_BYTES + MAX_BODY_BYTES;

  private static final byte FILE = 1;
  private static final byte GONE = 2;
  private static final byte MEDIA = 1;
  private static final byte DIGEST = 2;

  private JournalRecord() {}

  /** What the journal hashes paths with; it is the processor's own and fast in a cold JVM too. */
  static int hash(byte[] path) {
    CRC32C crc = new CRC32C();
    crc.update(path, 0, path.length);
    return (int) crc.getValue();
  }

  /** The length of the whole record whose body has {@code bodyBytes}, -1 when none has. */
  static int bytes(int bodyBytes) {
    return bodyBytes < MIN_BODY_BYTES || bodyBytes > MAX_BODY_BYTES ? -1 : HEAD_BYTES + bodyBytes;
  }

  /** True when a record with this path and type can be written. */
  static boolean fits(byte[] path, String mediaType) {
    return path.length > 0 && path.length <= MAX_PATH_BYTES && mediaType.length() <= MAX_TYPE_BYTES;
  }

  /**
   * Appends the record of a file to {@code out}, which has room for {@link #MAX_BYTES}.
   *
   * @param mediaType empty when it is not media
   */
  static void putFile(
      ByteBuffer out, byte[] path, FileStamp stamp, String mediaType, byte @Nullable [] sha256) {
    int flags = (mediaType.isEmpty() ? 0 : MEDIA) | (sha256 == null ? 0 : DIGEST);
    put(out, FILE, flags, path, stamp, mediaType, sha256);
  }

  /** Appends to {@code out} that a path is no more. */
  static void putGone(ByteBuffer out, byte[] path) {
    put(out, GONE, 0, path, new FileStamp(0, Instant.EPOCH, 0, Instant.EPOCH), "", null);
  }

  private static void put(
      ByteBuffer out,
      byte what,
      int flags,
      byte[] path,
      FileStamp stamp,
      String mediaType,
      byte @Nullable [] sha256) {
    int start = out.position();
    byte[] type = mediaType.getBytes(StandardCharsets.US_ASCII);
    out.position(start + HEAD_BYTES);
    out.put(what).put((byte) flags).putShort((short) path.length).putInt(hash(path));
    out.putLong(stamp.size()).putLong(stamp.modified().getEpochSecond());
    out.putInt(stamp.modified().getNano()).putInt(stamp.changed().getNano());
    out.putLong(stamp.changed().getEpochSecond()).putLong(stamp.inode());
    out.put((byte) type.length).put((byte) MediaDetector.RULES).put(type);
    if (sha256 != null) {
      out.put(sha256, 0, DIGEST_BYTES);
    }
    out.put(path);
    int end = out.position();
    int bodyBytes = end - start - HEAD_BYTES;
    out.putInt(start, bodyBytes).putInt(start + 4, checksum(out, start, bodyBytes));
  }

  /** The checksum that the record at {@code offset} should carry. */
  static int checksum(ByteBuffer data, int offset, int bodyBytes) {
    CRC32C crc = new CRC32C();
    if (data.hasArray()) {
      crc.update(data.array(), offset + HEAD_BYTES, bodyBytes);
    } else {
      crc.update(data.slice(offset + HEAD_BYTES, bodyBytes));
    }
    return (int) crc.getValue();
  }

  static boolean isFile(ByteBuffer data, int offset) {
    return data.get(offset + HEAD_BYTES) == FILE;
  }

  static int pathHash(ByteBuffer data, int offset) {
    return data.getInt(offset + HEAD_BYTES + 4);
  }

  static int pathBytes(ByteBuffer data, int offset) {
    return data.getShort(offset + HEAD_BYTES + 2) & 0xffff;
  }

  /** True when the lengths inside the body add up. */
  static boolean consistent(ByteBuffer data, int offset, int bodyBytes) {
    return pathStart(data, offset) + pathBytes(data, offset) == offset + HEAD_BYTES + bodyBytes;
  }

  static byte[] path(ByteBuffer data, int offset) {
    byte[] path = new byte[pathBytes(data, offset)];
    data.get(pathStart(data, offset), path);
    return path;
  }

  static boolean pathEquals(ByteBuffer data, int offset, byte[] path) {
    if (pathBytes(data, offset) != path.length) {
      return false;
    }
    int start = pathStart(data, offset);
    return data.hasArray()
        ? Arrays.equals(data.array(), start, start + path.length, path, 0, path.length)
        : data.slice(start, path.length).mismatch(ByteBuffer.wrap(path)) < 0;
  }

  static boolean samePath(ByteBuffer data, int one, int other) {
    int bytes = pathBytes(data, one);
    if (bytes != pathBytes(data, other)) {
      return false;
    }
    int start = pathStart(data, one);
    int otherStart = pathStart(data, other);
    return data.hasArray()
        ? Arrays.equals(
            data.array(), start, start + bytes, data.array(), otherStart, otherStart + bytes)
        : data.slice(start, bytes).mismatch(data.slice(otherStart, bytes)) < 0;
  }

  /** What the record says of a file whose stamp is {@code stamp}; nothing when it has another. */
  static Optional<Known> known(ByteBuffer data, int offset, FileStamp stamp) {
    int body = offset + HEAD_BYTES;
    boolean media = (data.get(body + 1) & MEDIA) != 0;
    boolean current = media || data.get(body + 49) == (byte) MediaDetector.RULES;
    if (!current || !isFile(data, offset) || !stampEquals(data, body, stamp)) {
      return Optional.empty();
    }
    String type = media ? type(data, body) : "";
    // What is collected now may be less than when the record was written.
    if (media && MediaKind.of(type).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Known(type, digest(data, body)));
  }

  private static boolean stampEquals(ByteBuffer data, int body, FileStamp stamp) {
    return data.getLong(body + 8) == stamp.size()
        && data.getLong(body + 16) == stamp.modified().getEpochSecond()
        && data.getInt(body + 24) == stamp.modified().getNano()
        && data.getInt(body + 28) == stamp.changed().getNano()
        && data.getLong(body + 32) == stamp.changed().getEpochSecond()
        && data.getLong(body + 40) == stamp.inode();
  }

  private static String type(ByteBuffer data, int body) {
    byte[] type = new byte[data.get(body + 48) & 0xff];
    data.get(body + FIXED_BYTES, type);
    return new String(type, StandardCharsets.US_ASCII).intern();
  }

  private static Optional<byte[]> digest(ByteBuffer data, int body) {
    if ((data.get(body + 1) & DIGEST) == 0) {
      return Optional.empty();
    }
    byte[] digest = new byte[DIGEST_BYTES];
    data.get(body + FIXED_BYTES + (data.get(body + 48) & 0xff), digest);
    return Optional.of(digest);
  }

  private static int pathStart(ByteBuffer data, int offset) {
    int body = offset + HEAD_BYTES;
    int digest = (data.get(body + 1) & DIGEST) == 0 ? 0 : DIGEST_BYTES;
    return body + FIXED_BYTES + (data.get(body + 48) & 0xff) + digest;
  }

  /**
   * What the journal knows of an unchanged file.
   *
   * @param mediaType empty when it is not media
   */
  record Known(String mediaType, Optional<byte[]> digest) {}
}
