package org.acopio.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Whether the disk takes anything, as it answered last. Its free space does not tell: a user, a
 * group, a project or a part of the disk may have a quota that is used up while the disk has room.
 * Thread-safe.
 */
final class Room {
  /** About what one call of an agent brings; less would not help anybody. */
  private static final int PROBE_BYTES = 1 << 20;

  private final PartialFiles files;
  private final Disk disk;
  private volatile boolean usedUp;

  Room(PartialFiles files, Disk disk) {
    this.files = files;
    this.disk = disk;
  }

  /** Does what needs room, and remembers when there was none. */
  <T> T needed(Supplier<T> work) {
    try {
      return work.get();
    } catch (StorageException e) {
      remember(e);
      throw e;
    }
  }

  /** What needed room and failed, one by one. */
  void remember(List<Optional<StorageException>> failures) {
    failures.forEach(failure -> failure.ifPresent(this::remember));
  }

  private void remember(StorageException failure) {
    if (failure.reason() == StorageException.Reason.FULL) {
      usedUp = true;
    }
  }

  /** Whether there was none the last time. */
  boolean usedUp() {
    return usedUp;
  }

  /**
   * Tries again when there was none.
   *
   * @param usable bytes that are free, as the disk says
   */
  void tryAgain(long usable) {
    if (usedUp && usable >= PROBE_BYTES) {
      usedUp = !takes(PROBE_BYTES);
    }
  }

  private boolean takes(int length) {
    byte[] bytes = new byte[length];
    // Not zeros, which a disk that compresses would take for next to nothing.
    ThreadLocalRandom.current().nextBytes(bytes);
    try (FileChannel out =
        disk.open(
            files.probe(),
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE))) {
      Bytes.writeFully(out, ByteBuffer.wrap(bytes), 0);
      out.force(false);
      return true;
    } catch (IOException e) {
      return false;
    } finally {
      files.drop(files.probe());
    }
  }
}
