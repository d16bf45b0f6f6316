package org.acopio.client.send;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.acopio.remote.FilePath;
import org.acopio.remote.Sha256;

/** Where a fake server puts the bytes of one file. */
interface FakeContent {
  void write(long at, ByteBuffer bytes);

  Sha256 digest();

  /** CRC32C of {@code [from, to)}. */
  Optional<Integer> checksum(long from, long to);

  byte[] bytes();

  /** Makes places. */
  interface Maker {
    FakeContent make(FilePath path, long size);
  }

  /** Keeps every byte. */
  static FakeContent held(long size) {
    byte[] content = new byte[(int) size];
    return new FakeContent() {
      @Override
      public synchronized void write(long at, ByteBuffer bytes) {
        bytes.get(content, (int) at, bytes.remaining());
      }

      @Override
      public Sha256 digest() {
        return FakeCollector.sha256(content);
      }

      @Override
      public Optional<Integer> checksum(long from, long to) {
        CRC32C crc = new CRC32C();
        crc.update(content, (int) from, (int) (to - from));
        return Optional.of((int) crc.getValue());
      }

      @Override
      public byte[] bytes() {
        return content;
      }
    };
  }

  /** Keeps no byte but those that came before their time; knows digest and checksums only. */
  static FakeContent hashed(long size) {
    return new HashedContent(size);
  }
}
