package org.acopio.remote;

import java.time.Instant;
import java.util.Objects;

/**
 * One version of one file as the catalog knows it.
 *
 * @param path where it was on its PC
 * @param modified when its content last changed, by the PC's clock
 * @param mediaType what the server took it for
 * @param receipt number, digest, size, version, place and time
 */
public record StoredFile(FilePath path, Instant modified, String mediaType, Receipt receipt) {
  public StoredFile {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(modified, "modified");
    Text.bounded("mediaType", mediaType, 127);
    Objects.requireNonNull(receipt, "receipt");
  }

  static final Codec<StoredFile> CODEC =
      new Codec<>() {
        @Override
        public void write(StoredFile file, WireWriter out) {
          out.bytes(file.path.bytes());
          out.instant(file.modified);
          out.text(file.mediaType);
          file.receipt.write(out);
        }

        @Override
        public StoredFile read(WireReader in) {
          return new StoredFile(
              FilePath.of(in.bytes(FilePath.MAX_BYTES)),
              in.instant(),
              in.text(127 * Text.MAX_UTF8),
              Receipt.read(in));
        }
      };
}
