package org.acopio.rmi;

import java.io.ObjectInputFilter;
import org.acopio.collect.CollectSettings;
import org.acopio.remote.ParityService;

/**
 * What each remote object lets in (JEP 290). The JDK's own filters do not cover exported objects,
 * and even an array of bytes is deserialised.
 */
final class Filters {
  private static final int ITEM_BYTES = 64;
  private static final int CALL_BYTES = 1 << 20;

  private Filters() {}

  /**
   * Hello, strings, and packed batches as large as one full send with its heads, or one full offer.
   */
  static ObjectInputFilter collector(CollectSettings settings) {
    long array = settings.sendBytes() + (long) ITEM_BYTES * settings.batchItems() + CALL_BYTES;
    return ObjectInputFilter.Config.createFilter(
        "maxdepth=4;maxrefs=64;maxarray="
            + array
            + ";maxbytes="
            + (array + CALL_BYTES)
            + ";org.acopio.remote.Hello;org.acopio.remote.Batch;org.acopio.remote.Batch$Packed;java.lang.String;!*");
  }

  /**
   * Numbers and lists of decimal text. Twice as many as are taken are let in, so that a caller with
   * too many is told so by a {@code ParityException}.
   */
  static ObjectInputFilter parity() {
    return ObjectInputFilter.Config.createFilter(
        "maxdepth=4;maxrefs="
            + (2 * ParityService.MAX_BATCH + 64)
            + ";maxarray="
            + 2 * ParityService.MAX_BATCH
            + ";maxbytes="
            + (4L * ParityService.MAX_DIGITS)
            + ";java.lang.String;java.lang.Object;java.util.ArrayList;java.util.CollSer;"
            + "java.util.ImmutableCollections$List12;java.util.ImmutableCollections$ListN;"
            + "java.util.Collections$EmptyList;java.util.Collections$SingletonList;"
            + "java.util.Arrays$ArrayList;!*");
  }
}
