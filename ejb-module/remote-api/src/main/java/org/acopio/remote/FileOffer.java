package org.acopio.remote;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What an agent says it has.
 *
 * @param path where the file is on its PC
 * @param size length in bytes, 0 to {@link Parts#MAX_SIZE}
 * @param modified when its content last changed, by the PC's clock
 * @param mediaType what the agent took it for ({@code image/jpeg}); at most 127 characters (RFC
 *     6838 §4.2). The server looks for itself
 * @param digest of the whole content, when the agent knows it without reading the file
 */
public record FileOffer(
    FilePath path, long size, Instant modified, String mediaType, Optional<Sha256> digest) {
  public FileOffer {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(modified, "modified");
    Objects.requireNonNull(digest, "digest");
    Text.bounded("mediaType", mediaType, 127);
    if (size < 0 || size > Parts.MAX_SIZE) {
      throw new IllegalArgumentException("file size " + size + " is not 0 to " + Parts.MAX_SIZE);
    }
  }

  static final Codec<FileOffer> CODEC =
      new Codec<>() {
        @Override
        public void write(FileOffer offer, WireWriter out) {
          out.bytes(offer.path.bytes());
          out.int64(offer.size);
          out.instant(offer.modified);
          out.text(offer.mediaType);
          out.optionalDigest(offer.digest);
        }

        @Override
        public FileOffer read(WireReader in) {
          return new FileOffer(
              FilePath.of(in.bytes(FilePath.MAX_BYTES)),
              in.int64(),
              in.instant(),
              in.text(127 * Text.MAX_UTF8),
              in.optionalDigest());
        }
      };
}
