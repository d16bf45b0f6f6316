package org.acopio.proof;

import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.Optional;
import org.acopio.remote.Receipt;
import org.acopio.remote.Sha256;
import org.acopio.storage.Storage;
import org.acopio.storage.StorageException;

/** Reads stored bytes again and compares them with their receipt. */
final class Rehash {
  private static final int PIECE = 1 << 20;

  private final Storage storage;

  Rehash(Storage storage) {
    this.storage = storage;
  }

  /**
   * What is wrong with a stored file, in English; nothing when its bytes are those of the receipt.
   *
   * @throws InterruptedIOException when this thread is interrupted
   */
  Optional<String> problem(Receipt receipt) throws InterruptedIOException {
    try {
      MessageDigest digest = Sha256.start();
      long size = 0;
      byte[] piece;
      do {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException("reading " + receipt.storedAs() + " again");
        }
        piece = storage.read(receipt.storedAs(), size, PIECE);
        digest.update(piece);
        size += piece.length;
      } while (piece.length > 0);
      return difference(receipt, size, Sha256.finish(digest));
    } catch (StorageException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static Optional<String> difference(Receipt receipt, long size, Sha256 digest) {
    if (size != receipt.size()) {
      return Optional.of("the file has " + size + " bytes, not " + receipt.size());
    }
    return digest.equals(receipt.digest())
        ? Optional.empty()
        : Optional.of("the bytes have the SHA-256 " + digest);
  }
}
