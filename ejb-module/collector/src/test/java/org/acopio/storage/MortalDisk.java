package org.acopio.storage;

import java.time.Clock;

/** A disk that tells of everything that it is about to change, so that somebody may die there. */
public final class MortalDisk extends WatchedDisk {
  private final Runnable before;

  private MortalDisk(Runnable before) {
    this.before = before;
  }

  /** A store on such a disk. */
  public static DiskStorage store(StorageSettings settings, Runnable before) {
    return new DiskStorage(settings, Clock.systemUTC(), new MortalDisk(before));
  }

  @Override
  void before(Step step) {
    if (step != Step.READ) {
      before.run();
    }
  }
}
