package org.acopio.storage;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Random;
import org.acopio.remote.Block;
import org.acopio.remote.FilePath;
import org.acopio.remote.Parts;
import org.acopio.remote.Sha256;

/** What is in a file on some PC. */
record Content(byte[] bytes) {
  static final Sha256 AGENT = Sha256.of(new byte[Sha256.LENGTH]);
  static final Instant MODIFIED = Instant.parse("2019-07-14T08:15:30.123456Z");

  /** As many bytes as asked for, the same for the same seed. */
  static Content of(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return new Content(bytes);
  }

  int size() {
    return bytes.length;
  }

  Sha256 digest() {
    return Sha256.of(Sha256.start().digest(bytes));
  }

  int[] partChecksums() {
    int[] checksums = new int[Parts.COUNT];
    for (int part = 0; part < Parts.COUNT; part++) {
      checksums[part] = Block.checksum(slice(Parts.start(part, size()), Parts.end(part, size())));
    }
    return checksums;
  }

  ByteBuffer slice(long from, long to) {
    return ByteBuffer.wrap(bytes, (int) from, (int) (to - from)).slice();
  }

  /** The same bytes but one. */
  Content withFlipped(int offset) {
    byte[] other = bytes.clone();
    other[offset] ^= 0x55;
    return new Content(other);
  }

  UploadKey at(String path) {
    return at(FilePath.of(path));
  }

  UploadKey at(FilePath path) {
    return new UploadKey(AGENT, path, size(), MODIFIED);
  }

  Storage.Piece piece(Upload upload, long from, long to) {
    ByteBuffer slice = slice(from, to);
    return new Storage.Piece(upload, from, Block.checksum(slice), slice);
  }
}
