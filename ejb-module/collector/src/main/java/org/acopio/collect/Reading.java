package org.acopio.collect;

import java.util.List;
import org.acopio.catalog.Catalog;
import org.acopio.remote.CollectorException;
import org.acopio.remote.CollectorException.Code;
import org.acopio.remote.StoredFile;
import org.acopio.storage.Storage;

/** Gives back to agents what they have delivered. */
final class Reading {
  private final int mostBytes;
  private final Storage storage;
  private final Catalog catalog;

  Reading(int mostBytes, Storage storage, Catalog catalog) {
    this.mostBytes = mostBytes;
    this.storage = storage;
    this.catalog = catalog;
  }

  List<StoredFile> list(OpenCollection collection, long after, int limit) {
    return catalog.list(collection.agent, after, Math.max(1, limit));
  }

  byte[] read(OpenCollection collection, long file, long offset, int length)
      throws CollectorException {
    if (length < 1 || length > mostBytes || offset < 0) {
      throw new CollectorException(
          Code.TOO_MUCH,
          "a read of "
              + length
              + " bytes at offset "
              + offset
              + " was asked for; it takes 1 to "
              + mostBytes
              + " bytes at 0 or more");
    }
    StoredFile stored =
        catalog
            .file(collection.agent, file)
            .orElseThrow(
                () ->
                    new CollectorException(
                        Code.NO_SUCH_FILE,
                        "this agent has no file "
                            + file
                            + " in the store; list() names those it has"));
    return storage.read(stored.receipt().storedAs(), offset, length);
  }
}
