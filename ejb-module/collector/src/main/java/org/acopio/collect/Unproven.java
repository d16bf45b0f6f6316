package org.acopio.collect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.Claim;
import org.acopio.catalog.UnprovenFile;
import org.acopio.collect.OpenClaims.Taker;
import org.acopio.remote.Refused;
import org.acopio.remote.StoredFile;
import org.acopio.storage.Storage;
import org.acopio.storage.Upload;

/** Writes what agents said they have into the catalog, with why it is not proven. Thread-safe. */
final class Unproven {
  static final String CHANGED = "changed";
  static final String CORRUPT = "corrupt";
  private static final String NOT_SENT = "not-sent";
  private static final String UNFINISHED = "unfinished";

  private final Storage storage;
  private final Catalog catalog;

  Unproven(Storage storage, Catalog catalog) {
    this.storage = storage;
    this.catalog = catalog;
  }

  /** The name for programs of why a server did not take a file. */
  static String reason(Refused.Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Writes down what was said so far. */
  void settle(OpenCollection collection) {
    collection.claims.handOver(taker(collection));
  }

  /** Writes down how a collection ended. */
  void end(OpenCollection collection, Claim.Ending ending) {
    settle(collection);
    catalog.claims().end(collection.agent, collection.row, collection.claims.handedOver(), ending);
  }

  private Taker taker(OpenCollection collection) {
    return (proven, unproven) -> {
      Map<Long, StoredFile> committed = committed(unproven);
      Set<Long> files = new HashSet<>();
      List<UnprovenFile> rest = new ArrayList<>();
      for (OpenClaims.Claim claim : unproven) {
        StoredFile stored = claim.upload == null ? null : committed.get(claim.upload);
        if (stored == null) {
          rest.add(row(claim));
        } else {
          files.add(stored.receipt().file());
        }
      }
      catalog.claims().settle(collection.agent, collection.row, joined(proven, files), rest);
      files.forEach(collection.claims::prove);
    };
  }

  /**
   * Those that were stored without this collection's knowing: in a later one, or while it ended.
   */
  private Map<Long, StoredFile> committed(List<OpenClaims.Claim> claims) {
    List<Long> uploads = new ArrayList<>();
    for (OpenClaims.Claim claim : claims) {
      if (claim.upload != null) {
        uploads.add(claim.upload);
      }
    }
    return uploads.isEmpty() ? Map.of() : catalog.committed(uploads);
  }

  private static long[] joined(long[] proven, Set<Long> files) {
    FileNumbers all = new FileNumbers();
    for (long file : proven) {
      all.add(file);
    }
    files.forEach(all::add);
    return all.toArray();
  }

  private UnprovenFile row(OpenClaims.Claim claim) {
    return claim.reason != null
        ? row(claim, claim.reason, claim.detail)
        : unsent(claim, Optional.ofNullable(claim.upload).flatMap(storage::find));
  }

  private static UnprovenFile unsent(OpenClaims.Claim claim, Optional<Upload> upload) {
    long arrived = upload.map(Upload::arrivedBytes).orElse(0L);
    return arrived == 0
        ? row(claim, NOT_SENT, "the file was offered and none of its bytes came")
        : row(
            claim,
            UNFINISHED,
            "%d of %d bytes came; the file goes on there when it is offered again"
                .formatted(arrived, claim.size));
  }

  private static UnprovenFile row(OpenClaims.Claim claim, String reason, String detail) {
    return new UnprovenFile(claim.path, claim.size, claim.modified, claim.saidAt, reason, detail);
  }
}
