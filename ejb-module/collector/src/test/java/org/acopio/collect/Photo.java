package org.acopio.collect;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.acopio.remote.Block;
import org.acopio.remote.FileDigest;
import org.acopio.remote.FileOffer;
import org.acopio.remote.FilePath;
import org.acopio.remote.Parts;
import org.acopio.remote.Sha256;

/** What is in a file on some PC: a picture as far as its first bytes tell. */
record Photo(byte[] bytes) {
  static final Instant TAKEN = Instant.parse("2019-07-14T08:15:30.123456Z");
  private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0};

  /** The same for the same seed, another for every other. */
  static Photo of(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    System.arraycopy(JPEG, 0, bytes, 0, Math.min(size, JPEG.length));
    return new Photo(bytes);
  }

  static Photo text(String text) {
    return new Photo(text.getBytes(StandardCharsets.UTF_8));
  }

  int size() {
    return bytes.length;
  }

  Photo withFlipped(int offset) {
    byte[] other = bytes.clone();
    other[offset] ^= 0x55;
    return new Photo(other);
  }

  Sha256 digest() {
    return Sha256.of(Sha256.start().digest(bytes));
  }

  ByteBuffer slice(long from, long to) {
    return ByteBuffer.wrap(bytes, (int) from, (int) (to - from)).slice();
  }

  /** An offer by an agent that has not read the file. */
  FileOffer at(String path) {
    return new FileOffer(FilePath.of(path), size(), TAKEN, "image/jpeg", Optional.empty());
  }

  /** An offer by an agent that knows the digest. */
  FileOffer known(String path) {
    return new FileOffer(FilePath.of(path), size(), TAKEN, "image/jpeg", Optional.of(digest()));
  }

  /** The bytes {@code [from, to)} of the file, which lie in one part. */
  Block block(long upload, long from, long to) {
    int part = Parts.holding(from, size());
    return Block.of(upload, part, from - Parts.start(part, size()), slice(from, to));
  }

  FileDigest claim(long upload) {
    int[] checksums = new int[Parts.COUNT];
    for (int part = 0; part < Parts.COUNT; part++) {
      checksums[part] = Block.checksum(slice(Parts.start(part, size()), Parts.end(part, size())));
    }
    return new FileDigest(upload, digest(), checksums);
  }
}
