package org.acopio.client.send;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.acopio.remote.Parts;
import org.acopio.remote.Sha256;

/** Content of any size in little memory, as long as it comes roughly in ascending order. */
final class HashedContent implements FakeContent {
  private final long size;
  private final MessageDigest running = Sha256.start();
  private final CRC32C checksum = new CRC32C();
  private final int[] checksums = new int[Parts.COUNT];
  private final TreeMap<Long, byte[]> early = new TreeMap<>();
  private int part;
  private long hashed;

  HashedContent(long size) {
    this.size = size;
  }

  @Override
  public synchronized void write(long at, ByteBuffer bytes) {
    if (at == hashed) {
      hash(bytes);
      while (!early.isEmpty() && early.firstKey() == hashed) {
        hash(ByteBuffer.wrap(early.pollFirstEntry().getValue()));
      }
    } else if (at > hashed) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      early.put(at, copy);
    }
  }

  private void hash(ByteBuffer bytes) {
    running.update(bytes.duplicate());
    while (bytes.hasRemaining()) {
      long partEnd = Parts.end(part, size);
      ByteBuffer inPart = bytes.slice();
      inPart.limit((int) Math.min(inPart.remaining(), partEnd - hashed));
      int count = inPart.remaining();
      checksum.update(inPart);
      bytes.position(bytes.position() + count);
      hashed += count;
      if (hashed == partEnd) {
        checksums[part] = (int) checksum.getValue();
        checksum.reset();
        part = Math.min(Parts.COUNT - 1, part + 1);
      }
    }
  }

  @Override
  public synchronized Sha256 digest() {
    return Sha256.finish(running);
  }

  @Override
  public synchronized Optional<Integer> checksum(long from, long to) {
    return Optional.of(from == to ? 0 : checksums[Parts.holding(from, size)]);
  }

  @Override
  public byte[] bytes() {
    throw new UnsupportedOperationException("only the digest of this content is known");
  }
}
