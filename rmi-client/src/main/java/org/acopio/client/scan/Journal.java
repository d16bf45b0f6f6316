package org.acopio.client.scan;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * What an agent remembers from run to run, in a directory of its own: the key that identifies it,
 * and for each file that it saw what it was and, once it was read, its SHA-256. With it a run opens
 * no file that did not change.
 *
 * <p>What is remembered counts only for a file whose whole {@link FileStamp} is the same, and only
 * when that stamp was old enough to tell: a file that was written in the same tick of its volume's
 * clock as it was read may have changed since and look the same. Losing the journal costs time,
 * never files.
 *
 * <p>One process at a time has it open. {@code remember…}, {@link #flush} and {@link #close} may be
 * called by any thread, at any time; what is remembered after closing is dropped.
 */
public final class Journal implements AutoCloseable {
  /** A digest is trusted when its file had been left alone for so long. */
  private static final Duration SETTLED = Duration.ofSeconds(2);

  /** The coarsest clock of the volumes that keep fractions of a second. */
  private static final Duration TICK = Duration.ofMillis(50);

  /** The coarsest clock of the others (FAT). */
  private static final Duration COARSE_TICK = Duration.ofSeconds(2);

  private final Path directory;
  private final Clock clock;
  private final Instant opened;
  private final JournalLock lock;
  private volatile byte[] agentKey;
  private final JournalFile file;
  private final Consumer<Notice> notices;
  private final Queue<Read> young = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  private Journal(
      Path directory,
      Clock clock,
      JournalLock lock,
      byte[] agentKey,
      JournalFile file,
      Consumer<Notice> notices) {
    this.directory = directory;
    this.clock = clock;
    this.opened = clock.instant();
    this.lock = lock;
    this.agentKey = agentKey;
    this.file = file;
    this.notices = notices;
  }

  /**
   * Opens the journal in {@code directory}, which is made, with rights for its owner only, when it
   * is not there.
   *
   * @param notices hears what had to be set aside, and at the end if something could not be written
   * @throws JournalException when another process has it open, or the directory cannot be used
   */
  public static Journal open(Path directory, Clock clock, Consumer<Notice> notices)
      throws JournalException {
    try {
      OwnerOnly.directories(directory);
      Path real = directory.toRealPath();
      JournalLock lock = JournalLock.take(real);
      try {
        return open(real, clock, lock, notices);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new JournalException(JournalException.Kind.UNUSABLE, directory, IoReason.of(e), e);
    }
  }

  private static Journal open(
      Path directory, Clock clock, JournalLock lock, Consumer<Notice> notices) throws IOException {
    AgentKey key = AgentKey.readOrCreate(directory);
    if (key.setAside().isPresent()) {
      notices.accept(
          new Notice(Notice.Kind.KEY_DAMAGED, directory, key.setAside().get().toString()));
    }
    JournalFile file = JournalFile.open(directory);
    if (file.setAside().isPresent()) {
      notices.accept(
          new Notice(Notice.Kind.JOURNAL_DAMAGED, directory, file.setAside().get().toString()));
    }
    return new Journal(directory, clock, lock, key.bytes(), file, notices);
  }

  /** Where it is, links resolved. */
  public Path directory() {
    return directory;
  }

  /** The 32 secret bytes that identify this agent, the same in each run. A copy. */
  public byte[] agentKey() {
    return agentKey.clone();
  }

  /**
   * From now on this agent is another one: the one before goes on at another PC. What is remembered
   * of files stays, as it says nothing of who sent them.
   *
   * @param key 32 secret bytes; copied
   */
  public void replaceAgentKey(byte[] key) {
    agentKey = key.clone();
    try {
      AgentKey.replace(directory, key);
    } catch (IOException e) {
      notWritten(e);
    }
  }

  /** True when it knew no file when it was opened, as in the first run of a PC. */
  public boolean wasEmpty() {
    return file.isEmpty();
  }

  /**
   * Remembers the content of a file, for the stamp in {@code media}: the one it was found with, or
   * the one it had when it was read again because it had changed. While that stamp is too young to
   * be trusted it waits for {@link #close}; when it is too young even then, the next run reads the
   * file again.
   *
   * @param sha256 32 bytes, of a file whose stamp was the same before and after it was read
   * @param since when the reading began
   */
  public void remember(MediaFile media, byte[] sha256, Instant since) {
    if (!telling(media.stamp(), since)) {
      return;
    }
    if (settled(media.stamp())) {
      append(media.wirePath(), media.stamp(), media.mediaType(), Optional.of(sha256));
    } else if (!closed) {
      young.add(new Read(media, sha256));
    }
  }

  /** A file that was read soon after it was written. */
  private record Read(MediaFile media, byte[] sha256) {
    boolean unchanged() {
      try {
        return FileStamp.of(media.path()).equals(media.stamp());
      } catch (IOException e) {
        // The next run tells what is wrong with it, if it is still there.
        return false;
      }
    }
  }

  private boolean settled(FileStamp stamp) {
    return !stamp.modified().plus(SETTLED).isAfter(clock.instant());
  }

  private void rememberYoung() {
    for (Read read = young.poll(); read != null; read = young.poll()) {
      MediaFile media = read.media();
      if (settled(media.stamp()) && read.unchanged()) {
        append(media.wirePath(), media.stamp(), media.mediaType(), Optional.of(read.sha256()));
      }
    }
  }

  /** Remembers what a file is; nothing stands for one that is not collected. */
  void rememberType(byte[] wirePath, FileStamp stamp, Optional<String> mediaType) {
    if (telling(stamp, opened)) {
      append(wirePath, stamp, mediaType.orElse(""), Optional.empty());
    }
  }

  private void append(byte[] wirePath, FileStamp stamp, String mediaType, Optional<byte[]> sha256) {
    if (!closed && JournalRecord.fits(wirePath, mediaType)) {
      file.appendFile(wirePath, stamp, mediaType, sha256.orElse(null));
    }
  }

  /** True when a change after {@code since} could not have left the stamp as it is. */
  private static boolean telling(FileStamp stamp, Instant since) {
    Duration tick = stamp.modified().getNano() == 0 ? COARSE_TICK : TICK;
    return !stamp.modified().plus(tick).isAfter(since)
        && !stamp.changed().plus(TICK).isAfter(since);
  }

  /**
   * What is remembered of a file with this very stamp, from runs before this one. For one thread.
   */
  Optional<JournalRecord.Known> find(byte[] wirePath, FileStamp stamp) {
    return file.find(wirePath, stamp);
  }

  /** Forgets the files below {@code root} that were not asked for in this run. */
  void forgetUnseen(byte[] root) {
    file.forgetUnseen(root);
  }

  /** Gives what waits to be written to the system. */
  public void flush() {
    file.flush();
  }

  /** Writes what waits and lets other processes have the journal. Closing again is harmless. */
  @Override
  public void close() {
    rememberYoung();
    closed = true;
    try {
      try {
        file.close();
      } finally {
        lock.close();
      }
      if (file.failure().isPresent()) {
        notWritten(file.failure().get());
      }
    } catch (IOException e) {
      notWritten(e);
    }
  }

  private void notWritten(IOException e) {
    notices.accept(new Notice(Notice.Kind.JOURNAL_NOT_WRITTEN, directory, IoReason.of(e)));
  }
}
