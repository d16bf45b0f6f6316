package org.acopio.collect;

import org.acopio.collect.Waiting.Reason;
import org.acopio.remote.FileCollector;

/** What a transport can ask of the collector: the operations of {@link FileCollector}. */
public enum Operation {
  OPEN(Reason.CATALOG),
  OFFER(Reason.CATALOG),
  WRITE(Reason.DISK),
  FINISH(Reason.COMMIT),
  CLOSE(Reason.CATALOG),
  LIST(Reason.NOTHING),
  READ(Reason.NOTHING);

  /** What a collection waits for while such a call of it does not end. */
  final Reason waitsFor;

  Operation(Reason waitsFor) {
    this.waitsFor = waitsFor;
  }
}
