package org.acopio.remote;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A piece of one part of one file.
 *
 * <p>Several blocks of a received batch share one array, so a block must not outlive the call that
 * brought it, and its bytes must not be written to.
 */
public final class Block {
  private final long upload;
  private final int part;
  private final long offset;
  private final int crc32c;
  private final ByteBuffer bytes;

  /**
   * A block whose checksum came with it; {@link #intact} tells whether it agrees.
   *
   * @param upload the number that {@link Verdict.Send} gave
   * @param part 0 to 3; other numbers of a signed byte, which is how it travels, can be made, so
   *     that a server can refuse them by name
   * @param offset of the first byte, counted from the start of the part
   * @param crc32c of the bytes (RFC 3720 appendix B.4)
   * @param bytes from position to limit; not copied
   * @throws IllegalArgumentException if the part would travel as another one
   */
  public Block(long upload, int part, long offset, int crc32c, ByteBuffer bytes) {
    if (part != (byte) part) {
      throw new IllegalArgumentException("part " + part + " does not fit into a byte");
    }
    this.upload = upload;
    this.part = part;
    this.offset = offset;
    this.crc32c = crc32c;
    this.bytes = bytes.slice();
  }

  /** A block of these bytes, with their checksum computed. */
  public static Block of(long upload, int part, long offset, ByteBuffer bytes) {
    return new Block(upload, part, offset, checksum(bytes), bytes);
  }

  /** The checksum of the bytes from position to limit, which stay where they are. */
  public static int checksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate());
    return (int) crc.getValue();
  }

  public long upload() {
    return upload;
  }

  public int part() {
    return part;
  }

  public long offset() {
    return offset;
  }

  public int crc32c() {
    return crc32c;
  }

  public int length() {
    return bytes.remaining();
  }

  /** The bytes, from position to limit of a buffer of the caller's own over shared memory. */
  public ByteBuffer bytes() {
    return bytes.duplicate();
  }

  /** True when the checksum that came with the block is the one of its bytes. */
  public boolean intact() {
    return checksum(bytes) == crc32c;
  }

  @Override
  public String toString() {
    return "Block[upload="
        + upload
        + ", part="
        + part
        + ", offset="
        + offset
        + ", length="
        + length()
        + "]";
  }

  static final Codec<Block> CODEC =
      new Codec<>() {
        @Override
        public void write(Block block, WireWriter out) {
          out.int64(block.upload);
          out.int8(block.part);
          out.int64(block.offset);
          out.int32(block.crc32c);
          out.bytes(block.bytes);
        }

        @Override
        public Block read(WireReader in) {
          return new Block(in.int64(), in.int8(), in.int64(), in.int32(), in.slice());
        }
      };
}
