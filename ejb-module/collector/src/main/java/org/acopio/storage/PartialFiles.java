package org.acopio.storage;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * The working area: one file for the bytes of each upload, and the journal. The files that were
 * used last stay open. Thread-safe.
 */
final class PartialFiles implements AutoCloseable {
  private static final Logger LOG = System.getLogger(PartialFiles.class.getName());
  private static final String JOURNAL = "journal";
  private static final String PROBE = "probe";

  /** How far a file system may round a time; FAT does it most. */
  private static final Duration COARSEST_TIME = Duration.ofSeconds(2);

  private final Path folder;
  private final Disk disk;
  private final OpenFiles open;

  /**
   * The working area in a folder, which is there.
   *
   * @param openFiles how many files stay open
   */
  PartialFiles(Path folder, int openFiles, Disk disk, DirectWrites writes) {
    this.folder = folder;
    this.disk = disk;
    this.open = new OpenFiles(openFiles, disk, writes);
  }

  Path journal() {
    return folder.resolve(JOURNAL);
  }

  /** The file that {@link Room} tries the disk with; it is of no upload and no stray. */
  Path probe() {
    return folder.resolve(PROBE);
  }

  Path of(Upload upload) {
    return folder.resolve(name(upload));
  }

  /** A name beside the upload's file, for what is to {@link #replace} it. */
  Path beside(Upload upload, String purpose) {
    return folder.resolve(name(upload) + "." + purpose);
  }

  private static String name(Upload upload) {
    return HexFormat.of().toHexDigits(upload.number());
  }

  /** True when the upload has its file. */
  boolean has(Upload upload) {
    return Files.isRegularFile(of(upload), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * When bytes of the upload arrived last, or something later; nothing when the disk does not tell.
   *
   * <p>The time of change of the file does not do: a settled file has that of its PC, a shared one
   * that of a stored file. Unix keeps another for each file, which nobody sets and which a link or
   * a new time of change renews; elsewhere those two stay unknown.
   */
  Optional<Instant> lastArrival(Upload upload) {
    Path file = of(upload);
    boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
    if (upload.shared() && !unix) {
      return Optional.empty();
    }
    try {
      String time = unix ? "unix:ctime" : "lastModifiedTime";
      Object found = Files.getAttribute(file, time, LinkOption.NOFOLLOW_LINKS);
      // Where there is one time only, as on FAT, it is the PC's once the file was settled.
      return Optional.of(((FileTime) found).toInstant())
          .filter(arrival -> !sameButForRounding(arrival, upload.key().modified()));
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the age of {0} is not known, so it stays: {1}", upload, e);
      return Optional.empty();
    }
  }

  private static boolean sameButForRounding(Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(COARSEST_TIME) <= 0;
  }

  /** Calls {@code use} with the upload's file, made if need be, open for reading and writing. */
  <T> T use(Upload upload, OpenFiles.Use<T> use) throws IOException {
    return open.use(upload.number(), of(upload), use);
  }

  /** What is done with an open file for its effect. */
  interface Work {
    void on(FileChannel channel) throws IOException;
  }

  /** Does {@code work} on the upload's file, as {@link #use} does. */
  void on(Upload upload, Work work) throws IOException {
    use(
        upload,
        channel -> {
          work.on(channel);
          return upload;
        });
  }

  /** Writes bytes that follow each other, from {@code offset} on, to the upload's file. */
  void write(Upload upload, List<ByteBuffer> run, long offset) throws IOException {
    open.write(upload.number(), of(upload), run, offset);
  }

  /** Makes what was written to the upload's file durable, if it is open. */
  void force(Upload upload) throws IOException {
    open.force(upload.number());
  }

  /** Closes the upload's file, now or when its last use ends. */
  void close(Upload upload) throws IOException {
    open.close(upload.number());
  }

  /** Closes the files that nobody uses now; returns whether there were any. */
  boolean closeIdle() throws IOException {
    return open.closeIdle();
  }

  /** Lets another file take the place of the upload's own. */
  void replace(Upload upload, Path other) throws IOException {
    close(upload);
    disk.move(
        other, of(upload), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Deletes a file of the working area that is of no use; what cannot be is for the next start. */
  void drop(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0} stays behind until the next start: {1}", file, e.toString());
    }
  }

  void delete(Upload upload) throws IOException {
    close(upload);
    Files.deleteIfExists(of(upload));
  }

  /**
   * Deletes every file but these and the journal.
   *
   * @return how many it deleted
   */
  int sweep(Set<Path> expected) {
    int strays = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (!expected.contains(file) && !file.getFileName().toString().equals(JOURNAL)) {
          Files.delete(file);
          strays++;
        }
      }
    } catch (IOException e) {
      throw StorageException.of("the working area " + folder + " cannot be cleaned", e);
    }
    return strays;
  }

  /** Files that belong to no upload, the journal and the probe excepted. */
  List<Path> strays(LongPredicate known) {
    List<Path> strays = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        boolean own = name.startsWith(JOURNAL) || name.equals(PROBE);
        if (!own && Inspection.uploadOf(name).filter(known::test).isEmpty()) {
          strays.add(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new StorageException(
          StorageException.Reason.FAILED, "the working area " + folder + " cannot be listed", e);
    }
    return strays;
  }

  @Override
  public void close() throws IOException {
    open.close();
  }
}
