package org.acopio.remote;

import java.util.Objects;

/**
 * An agent's claim that a file is sent whole, with what it read.
 *
 * @param upload the number that {@link Verdict.Send} gave
 * @param digest SHA-256 of the whole content
 * @param partChecksums CRC32C of each of the four parts, so that the server can name the part that
 *     differs; copied
 */
public record FileDigest(long upload, Sha256 digest, int[] partChecksums) {
  public FileDigest {
    Objects.requireNonNull(digest, "digest");
    if (partChecksums.length != Parts.COUNT) {
      throw new IllegalArgumentException(
          "a file has " + Parts.COUNT + " parts, not " + partChecksums.length);
    }
    partChecksums = partChecksums.clone();
  }

  @Override
  public int[] partChecksums() {
    return partChecksums.clone();
  }

  static final Codec<FileDigest> CODEC =
      new Codec<>() {
        @Override
        public void write(FileDigest claim, WireWriter out) {
          out.int64(claim.upload);
          out.digest(claim.digest);
          for (int checksum : claim.partChecksums) {
            out.int32(checksum);
          }
        }

        @Override
        public FileDigest read(WireReader in) {
          return new FileDigest(
              in.int64(), in.digest(), new int[] {in.int32(), in.int32(), in.int32(), in.int32()});
        }
      };
}
