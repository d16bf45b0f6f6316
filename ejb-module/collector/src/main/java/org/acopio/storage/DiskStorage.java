package org.acopio.storage;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.acopio.remote.Sha256;

/**
 * A store in a folder of a file system. What its parts share is the working area and the journal of
 * the {@link Uploads}. Layout and durable write: DESIGN.md, Storage format.
 */
public final class DiskStorage implements Storage {
  private static final Logger LOG = System.getLogger(DiskStorage.class.getName());

  private final StorageSettings settings;
  private final Path store;
  private final StoreFormat format;
  private final Folders folders;
  private final Syncs syncs;
  private final PartialFiles files;
  private final Uploads uploads;
  private final Room room;
  private final Sharing sharing;
  private final Blocks blocks;
  private final Judge judge;
  private final Placer placer;
  private final Inspection inspection;
  private final Mending mending;

  /**
   * Opens a store, or makes one.
   *
   * @throws StorageException {@code IN_USE}, {@code UNKNOWN_FORMAT}, or when the folder cannot be
   *     used
   */
  public DiskStorage(StorageSettings settings) {
    this(settings, Clock.systemUTC());
  }

  /** The same, with the clock that gives what is set aside its name. */
  DiskStorage(StorageSettings settings, Clock clock) {
    this(settings, clock, new Disk());
  }

  /** The same, on a disk that may fail. */
  DiskStorage(StorageSettings settings, Clock clock, Disk disk) {
    this.settings = settings;
    store = settings.folder();
    Path partial = store.resolve(".partial");
    boolean linux = System.getProperty("os.name").equals("Linux");
    DirectWrites writes = new DirectWrites(settings.directIo() && linux, System::nanoTime);
    files = new PartialFiles(partial, settings.openFiles(), disk, writes);
    room = new Room(files, disk);
    Quarantine quarantine = new Quarantine(store, clock, disk);
    StoredNames names;
    syncs = new Syncs(settings.syncThreads());
    try {
      format = StoreFormat.open(store, disk);
    } catch (IOException e) {
      throw StorageException.of("the store " + store + " cannot be opened", e);
    }
    try {
      Files.createDirectories(partial, Folders.ownerOnly(partial));
      boolean windows = System.getProperty("os.name").startsWith("Windows");
      names = new StoredNames(windows, !canNameUnicode(store));
      folders = new Folders(store, names);
      uploads = new Uploads(files, quarantine, disk);
    } catch (IOException e) {
      format.release();
      throw StorageException.of("the store " + store + " cannot be opened", e);
    }
    sharing = new Sharing(files, uploads, folders, disk);
    blocks = new Blocks(files, uploads, sharing);
    judge = new Judge(files, uploads.journal(), blocks);
    placer = new Placer(files, uploads, folders, syncs, disk);
    inspection = new Inspection(store, folders, files, uploads, disk);
    mending = new Mending(store, folders, names, inspection, quarantine, uploads, files, disk);
  }

  /** Whether a store was ever made in this folder. */
  public static boolean isThere(Path folder) {
    return Files.isRegularFile(folder.resolve(".acopio").resolve("format"));
  }

  /**
   * Fails when the folder does not hold this store any more, as when its disk was taken away: then
   * what is missing says nothing of any file.
   */
  public void expectPresent() {
    format.expectIn(store);
  }

  /**
   * While the disk fails, nothing of it stays open: so it can be unmounted, mended and mounted
   * again without a restart.
   */
  @Override
  public synchronized void attend() {
    try {
      putRight();
    } catch (StorageException e) {
      boolean full = e.reason() == StorageException.Reason.FULL;
      boolean failed = e.reason() == StorageException.Reason.BROKEN || uploads.journal().suspect();
      if (failed && !full) {
        letGo(e);
      }
      // The free space, and whether it can be written to, tell these two.
      if (!full && e.reason() != StorageException.Reason.READ_ONLY) {
        throw e;
      }
    }
  }

  private void putRight() {
    present();
    try {
      format.hold(store);
      placer.takeBackWhatIsLeft();
      uploads.goOn();
      room.tryAgain(usable());
    } catch (IOException e) {
      throw StorageException.of("the store " + store + " cannot be put right", e);
    }
  }

  /** Takes a descriptor: where none is left, it frees those of the store. */
  private void present() {
    try {
      expectPresent();
    } catch (StorageException e) {
      if (!closeIdle()) {
        throw e;
      }
      expectPresent();
    }
  }

  private boolean closeIdle() {
    try {
      return files.closeIdle();
    } catch (IOException e) {
      throw StorageException.of("a file of the working area does not close", e);
    }
  }

  private void letGo(StorageException why) {
    try {
      uploads.letGo();
      if (format.letGo()) {
        LOG.log(
            Level.ERROR,
            "the disk of the store {0} fails ({1}); no file of it stays open, so that it can be"
                + " unmounted, mended and mounted again, and collecting goes on by itself then",
            store,
            why.said());
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a file of the store {0} does not close: {1}", store, e.toString());
    }
  }

  /** What really lies on the disk, to be compared with what should. */
  public Inspection inspection() {
    return inspection;
  }

  /** What can be done about it when it is not what it should be. */
  public Mending mending() {
    return mending;
  }

  private static boolean canNameUnicode(Path folder) {
    try {
      return folder.resolve("\u00f1\u5199").isAbsolute() == folder.isAbsolute();
    } catch (InvalidPathException e) {
      return false;
    }
  }

  @Override
  public String id() {
    return format.id();
  }

  @Override
  public RepairReport repair(UnaryOperator<Set<Long>> committed, Optional<Instant> trusted) {
    Optional<Instant> limit =
        trusted
            .filter(time -> settings.partialDays() > 0)
            .map(time -> time.minus(settings.partialDays(), ChronoUnit.DAYS));
    return new Repair(files, uploads, placer, limit).run(committed);
  }

  // ---------------------------------------------------------------- uploads

  @Override
  public Optional<Upload> find(UploadKey key) {
    uploads.trustJournal();
    Optional<Upload> upload = uploads.find(key);
    upload.ifPresent(blocks::check);
    return upload;
  }

  @Override
  public Optional<Upload> find(long number) {
    uploads.trustJournal();
    Optional<Upload> upload = uploads.find(number).filter(found -> !found.over());
    upload.ifPresent(blocks::check);
    return upload;
  }

  @Override
  public List<Upload> begin(List<UploadKey> keys) {
    return room.needed(() -> uploads.start(keys.stream().map(uploads::fresh).toList()));
  }

  @Override
  public Optional<Upload> adopt(UploadKey key, String storedAs) {
    return holds(storedAs, key.size())
        ? room.needed(() -> sharing.adopt(key, storedAs))
        : Optional.empty();
  }

  @Override
  public int unfinished() {
    return uploads.count();
  }

  @Override
  public List<Optional<StorageException>> write(List<Piece> pieces) {
    List<Optional<StorageException>> failures = room.needed(() -> blocks.write(pieces));
    room.remember(failures);
    return failures;
  }

  @Override
  public byte[] peek(Upload upload, int length) {
    return blocks.peek(upload, length);
  }

  @Override
  public void discard(Upload upload) {
    uploads.discard(upload);
  }

  // ------------------------------------------------------------------ commit

  @Override
  public Judgement judge(Upload upload, Sha256 claimed, int[] partChecksums) {
    return judge.judge(upload, claimed, partChecksums);
  }

  @Override
  public boolean share(Upload upload, String storedAs) {
    return holds(storedAs, upload.key().size())
        && room.needed(() -> sharing.share(upload, storedAs));
  }

  @Override
  public void settle(Collection<Upload> complete) {
    room.needed(
        () -> {
          placer.settle(complete);
          return complete;
        });
  }

  @Override
  public List<Placed> place(List<Placing> placings) {
    List<Placed> placed = room.needed(() -> placer.place(placings));
    room.remember(placed.stream().map(Placed::failure).toList());
    return placed;
  }

  @Override
  public void done(Collection<Upload> over) {
    uploads.done(over);
  }

  @Override
  public void undo(Collection<Upload> back) {
    placer.undo(back);
  }

  // ------------------------------------------------------------------- files

  @Override
  public boolean holds(String storedAs, long size) {
    try {
      BasicFileAttributes found =
          Files.readAttributes(
              folders.resolve(storedAs), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return found.isRegularFile() && found.size() == size;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public byte[] read(String storedAs, long offset, int length) {
    try (FileChannel in =
        FileChannel.open(
            folders.resolve(storedAs),
            Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      return Bytes.read(in, offset, length);
    } catch (IOException e) {
      throw StorageException.of("the file " + storedAs + " cannot be read", e);
    }
  }

  @Override
  public SeekableByteChannel open(String storedAs, long size) {
    Path file = locate(storedAs, size);
    try {
      return Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    } catch (IOException e) {
      throw StorageException.of("the file " + storedAs + " cannot be read", e);
    }
  }

  @Override
  public Path locate(String storedAs, long size) {
    if (!holds(storedAs, size)) {
      throw new StorageException(
          StorageException.Reason.FAILED,
          "the file %s is not in the store with its %d bytes; somebody changed the store, so bring it back from a backup"
              .formatted(storedAs, size));
    }
    return folders.resolve(storedAs);
  }

  @Override
  public long free() {
    try {
      return usable();
    } catch (IOException e) {
      throw StorageException.of("the free space of " + store + " is not known", e);
    }
  }

  @Override
  public boolean full() {
    return room.usedUp();
  }

  /**
   * Asked all the time, and takes a descriptor: where none is left, it frees those of the store.
   */
  private long usable() throws IOException {
    try {
      return Files.getFileStore(store).getUsableSpace();
    } catch (IOException e) {
      if (!files.closeIdle()) {
        throw e;
      }
      return Files.getFileStore(store).getUsableSpace();
    }
  }

  @Override
  public long capacity() {
    try {
      return Files.getFileStore(store).getTotalSpace();
    } catch (IOException e) {
      throw StorageException.of("the size of the disk of " + store + " is not known", e);
    }
  }

  @Override
  public boolean writable() {
    return Files.isWritable(store);
  }

  @Override
  public void close() {
    syncs.close();
    try {
      files.close();
      uploads.close();
      format.close();
    } catch (IOException e) {
      throw StorageException.of("the store " + store + " did not close", e);
    }
  }
}
