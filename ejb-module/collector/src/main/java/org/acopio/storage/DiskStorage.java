package org.acopio.storage;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import org.acopio.remote.FilePath;
import org.acopio.remote.Parts;
import org.acopio.remote.Range;
import org.acopio.remote.Sha256;
import org.acopio.storage.UploadJournal.Entry;

/** A store in a folder of a file system. Layout and durable write: DESIGN.md, Storage format. */
public final class DiskStorage implements Storage {
  private static final Logger LOG = System.getLogger(DiskStorage.class.getName());
  private static final int CHUNK = 1 << 18;
  private static final long COMPACT_ABOVE = 64L << 20;

  private final Path store;
  private final Path partial;
  private final StoreFormat format;
  private final Folders folders;
  private final OpenFiles open;
  private final Syncs syncs;
  private final UploadJournal journal;
  private final long journalTorn;
  private final Map<Long, Upload> uploads = new ConcurrentHashMap<>();
  private final Map<Source, Upload> bySource = new ConcurrentHashMap<>();

  /** Where a file comes from, whatever its content. */
  private record Source(Sha256 agent, FilePath path) {
    static Source of(UploadKey key) {
      return new Source(key.agent(), key.path());
    }
  }

  /**
   * Opens a store, or makes one.
   *
   * @throws StorageException {@code IN_USE}, {@code UNKNOWN_FORMAT}, or when the folder cannot be
   *     used
   */
  public DiskStorage(StorageSettings settings) {
    store = settings.folder();
    partial = store.resolve(".partial");
    open = new OpenFiles(settings.openFiles());
    syncs = new Syncs(settings.syncThreads());
    try {
      Files.createDirectories(store, Folders.ownerOnly(store));
      format = StoreFormat.open(store);
    } catch (IOException e) {
      throw StorageException.of("the store " + store + " cannot be opened", e);
    }
    try {
      Files.createDirectories(partial, Folders.ownerOnly(partial));
      boolean windows = System.getProperty("os.name").startsWith("Windows");
      folders = new Folders(store, new StoredNames(windows, !canNameUnicode(store)));
      Path journalFile = partial.resolve("journal");
      journalTorn = UploadJournal.read(journalFile, this::recall);
      journal = UploadJournal.rewrite(journalFile, entries());
    } catch (IOException e) {
      format.release();
      throw StorageException.of("the store " + store + " cannot be opened", e);
    }
  }

  @Override
  public String id() {
    return format.id();
  }

  // ------------------------------------------------------------------ start

  private static boolean canNameUnicode(Path folder) {
    try {
      folder.resolve("\u00f1\u5199");
      return true;
    } catch (java.nio.file.InvalidPathException e) {
      return false;
    }
  }

  private void recall(Entry entry) {
    Upload upload = uploads.get(entry.upload());
    if (entry instanceof Entry.Begin begin) {
      Upload begun = new Upload(begin.upload(), begin.key());
      uploads.put(begin.upload(), begun);
      bySource.put(Source.of(begin.key()), begun);
    } else if (upload != null) {
      recall(upload, entry);
    }
  }

  private void recall(Upload upload, Entry entry) {
    if (entry instanceof Entry.Block block) {
      upload.recall(block);
    } else if (entry instanceof Entry.Clear clear) {
      synchronized (upload) {
        upload.clear(clear.from(), clear.to());
      }
    } else if (entry instanceof Entry.Place place) {
      upload.placedAs(Optional.of(place.storedAs()));
    } else if (entry instanceof Entry.Unplace) {
      upload.placedAs(Optional.empty());
    } else if (entry instanceof Entry.Done) {
      forget(upload);
    } else {
      upload.share(entry instanceof Entry.Share);
    }
  }

  private Iterable<Entry> entries() {
    return () -> uploads.values().stream().flatMap(upload -> upload.entries().stream()).iterator();
  }

  @Override
  public RepairReport repair(UnaryOperator<Set<Long>> committed) {
    Map<Long, Upload> placed = new HashMap<>();
    uploads.forEach(
        (number, upload) -> upload.placedAs().ifPresent(name -> placed.put(number, upload)));
    Set<Long> known = placed.isEmpty() ? Set.of() : committed.apply(placed.keySet());
    List<Upload> complete = new ArrayList<>();
    List<Upload> unfinished = new ArrayList<>();
    placed.forEach(
        (number, upload) -> (known.contains(number) ? complete : unfinished).add(upload));
    done(complete);
    undo(unfinished);
    int strays = sweep();
    long bytes = uploads.values().stream().mapToLong(this::acknowledged).sum();
    return new RepairReport(
        uploads.size(), bytes, complete.size(), unfinished.size(), strays, journalTorn);
  }

  private long acknowledged(Upload upload) {
    return upload.entries().stream()
        .mapToLong(entry -> entry instanceof Entry.Block block ? block.length() : 0)
        .sum();
  }

  /** Drops uploads without a file or without bytes of their own, and files without an upload. */
  private int sweep() {
    Set<Path> expected = new HashSet<>();
    for (Upload upload : List.copyOf(uploads.values())) {
      if (upload.began() && Files.isRegularFile(file(upload), LinkOption.NOFOLLOW_LINKS)) {
        expected.add(file(upload));
      } else {
        discard(upload);
      }
    }
    int strays = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(partial)) {
      for (Path file : files) {
        if (!expected.contains(file) && !file.getFileName().toString().equals("journal")) {
          Files.delete(file);
          strays++;
        }
      }
    } catch (IOException e) {
      throw StorageException.of("the working area " + partial + " cannot be cleaned", e);
    }
    return strays;
  }

  // ---------------------------------------------------------------- uploads

  @Override
  public Optional<Upload> find(UploadKey key) {
    Upload upload = bySource.get(Source.of(key));
    if (upload == null || upload.over() || !upload.key().equals(key)) {
      return Optional.empty();
    }
    check(upload);
    return Optional.of(upload);
  }

  @Override
  public Optional<Upload> find(long number) {
    Optional<Upload> upload = Optional.ofNullable(uploads.get(number)).filter(u -> !u.over());
    upload.ifPresent(this::check);
    return upload;
  }

  @Override
  public List<Upload> begin(List<UploadKey> keys) {
    return start(keys.stream().map(key -> new Upload(freshNumber(), key)).toList());
  }

  @Override
  public Optional<Upload> adopt(UploadKey key, String storedAs) {
    if (!holds(storedAs, key.size())) {
      return Optional.empty();
    }
    Upload upload = new Upload(freshNumber(), key);
    upload.share(true);
    upload.seal(true);
    try {
      Files.createLink(file(upload), folders.resolve(storedAs));
    } catch (IOException | UnsupportedOperationException e) {
      LOG.log(Level.DEBUG, "cannot share {0}: {1}", storedAs, e);
      return Optional.empty();
    }
    return Optional.of(start(List.of(upload)).get(0));
  }

  private List<Upload> start(List<Upload> fresh) {
    // Known before the journal knows them, so that no compaction drops them from it.
    fresh.forEach(upload -> uploads.put(upload.number(), upload));
    try {
      journal.append(fresh.stream().flatMap(upload -> upload.entries().stream()).toList());
    } catch (IOException e) {
      fresh.forEach(upload -> uploads.remove(upload.number()));
      throw StorageException.of("no upload can begin", e);
    }
    for (Upload upload : fresh) {
      Upload before = bySource.put(Source.of(upload.key()), upload);
      if (before != null && !before.over()) {
        discard(before);
      }
    }
    return fresh;
  }

  private long freshNumber() {
    long number;
    do {
      number = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    } while (uploads.containsKey(number) || Files.exists(file(number), LinkOption.NOFOLLOW_LINKS));
    return number;
  }

  private Path file(Upload upload) {
    return file(upload.number());
  }

  private Path file(long number) {
    return partial.resolve(String.format("%016x", number));
  }

  /** After a restart: what the journal says is true only where the disk agrees. */
  private void check(Upload upload) {
    if (upload.checked()) {
      return;
    }
    synchronized (upload) {
      if (upload.checked()) {
        return;
      }
      try {
        for (Entry.Block block : upload.recheck()) {
          if (open.use(upload.number(), file(upload), in -> holds(in, block))) {
            upload.accept(block);
          }
        }
        catchUp(upload);
      } catch (IOException e) {
        throw StorageException.of("what had arrived of a file cannot be read back", e);
      }
    }
  }

  private static boolean holds(FileChannel in, Entry.Block block) throws IOException {
    CRC32C crc = new CRC32C();
    long read = scan(in, block.offset(), block.end(), crc::update);
    return read == block.length() && (int) crc.getValue() == block.crc32c();
  }

  // ----------------------------------------------------------------- blocks

  @Override
  public List<Optional<StorageException>> write(List<Piece> pieces) {
    List<Optional<StorageException>> failures = new ArrayList<>(pieces.size());
    List<Entry.Block> arrived = new ArrayList<>(pieces.size());
    for (Piece piece : pieces) {
      failures.add(put(piece, arrived));
    }
    try {
      journal.append(arrived);
    } catch (IOException e) {
      arrived.forEach(this::forgetBlock);
      StorageException failure = StorageException.of("blocks cannot be acknowledged", e);
      failures.replaceAll(own -> own.or(() -> Optional.of(failure)));
    }
    return failures;
  }

  /** What the journal does not have would be lost by a crash: it must come again. */
  private void forgetBlock(Entry.Block block) {
    Upload upload = uploads.get(block.upload());
    if (upload != null) {
      synchronized (upload) {
        upload.clear(block.offset(), block.end());
      }
    }
  }

  private Optional<StorageException> put(Piece piece, List<Entry.Block> arrived) {
    Upload upload = piece.upload();
    try {
      synchronized (upload) {
        if (!upload.over()) {
          own(piece);
          open.use(
              upload.number(),
              file(upload),
              out -> {
                put(piece, out, arrived);
                return upload;
              });
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(StorageException.of("a block cannot be written", e));
    }
  }

  /** Bytes that an upload shares with a stored file are never written to. */
  private void own(Piece piece) throws IOException {
    Upload upload = piece.upload();
    long end = piece.offset() + piece.bytes().remaining();
    if (upload.shared() && !upload.arrived().gaps(piece.offset(), end).isEmpty()) {
      Path own = partial.resolve(String.format("%016x.own", upload.number()));
      Files.copy(file(upload), own, StandardCopyOption.REPLACE_EXISTING);
      open.close(upload.number());
      Files.move(
          own, file(upload), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      journal.append(List.of(new Entry.Own(upload.number())));
      upload.share(false);
    }
  }

  private static void put(Piece piece, FileChannel out, List<Entry.Block> arrived)
      throws IOException {
    Upload upload = piece.upload();
    long end = piece.offset() + piece.bytes().remaining();
    for (Range gap : upload.arrived().gaps(piece.offset(), end)) {
      int from = piece.bytes().position() + (int) (gap.from() - piece.offset());
      ByteBuffer bytes = piece.bytes().slice(from, (int) gap.length());
      writeFully(out, bytes.duplicate(), gap.from());
      boolean whole = bytes.remaining() == piece.bytes().remaining();
      int crc = whole ? piece.crc32c() : org.acopio.remote.Block.checksum(bytes);
      Entry.Block block = new Entry.Block(upload.number(), gap.from(), (int) gap.length(), crc);
      upload.accept(block);
      arrived.add(block);
      if (gap.from() == upload.content().position()) {
        upload.content().pass(bytes);
      }
    }
    catchUp(upload, out);
  }

  private static void writeFully(FileChannel out, ByteBuffer bytes, long offset)
      throws IOException {
    long at = offset;
    while (bytes.hasRemaining()) {
      at += out.write(bytes, at);
    }
  }

  private void catchUp(Upload upload) throws IOException {
    open.use(
        upload.number(),
        file(upload),
        in -> {
          catchUp(upload, in);
          return upload;
        });
  }

  /** Passes the bytes that had arrived ahead of their turn; they are read back from the file. */
  private static void catchUp(Upload upload, FileChannel in) throws IOException {
    long from = upload.content().position();
    long to = upload.arrived().endOfRun(from);
    if (from < to && scan(in, from, to, upload.content()::pass) != to - from) {
      throw new IOException("the file of " + upload + " is shorter than what was written to it");
    }
  }

  /** Takes bytes one after the other. */
  private interface Sink {
    void take(ByteBuffer bytes);
  }

  private static long scan(FileChannel in, long from, long to, Sink sink) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect((int) Math.min(CHUNK, to - from));
    long at = from;
    while (at < to) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), to - at));
      int count = in.read(buffer, at);
      if (count < 0) {
        break;
      }
      at += count;
      sink.take(buffer.flip());
    }
    return at - from;
  }

  @Override
  public byte[] peek(Upload upload, int length) {
    try {
      synchronized (upload) {
        refuseOver(upload);
        return open.use(upload.number(), file(upload), in -> bytes(in, 0, length));
      }
    } catch (IOException e) {
      throw StorageException.of("the beginning of a file cannot be read back", e);
    }
  }

  private static byte[] bytes(FileChannel in, long offset, int length) throws IOException {
    int count = (int) Math.max(0, Math.min(length, in.size() - offset));
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining() && in.read(bytes, offset + bytes.position()) >= 0) {
      continue;
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  // ----------------------------------------------------------------- verdict

  @Override
  public Judgement judge(Upload upload, Sha256 claimed, int[] partChecksums) {
    try {
      synchronized (upload) {
        refuseOver(upload);
        List<Range> missing = upload.missing();
        if (!missing.isEmpty()) {
          return new Judgement.Missing(missing);
        }
        catchUp(upload);
        Sha256 digest = upload.content().digest();
        if (digest.equals(claimed)) {
          upload.seal(true);
          return new Judgement.Complete(digest);
        }
        return upload.sealed()
            ? new Judgement.Different(changed(upload, partChecksums))
            : blame(upload, partChecksums);
      }
    } catch (IOException e) {
      throw StorageException.of("a file cannot be read back", e);
    }
  }

  private Judgement blame(Upload upload, int[] claimed) throws IOException {
    Set<Integer> damaged =
        open.use(upload.number(), file(upload), in -> damaged(in, upload, upload.key().size()));
    Set<Integer> again = damaged.isEmpty() ? changed(upload, claimed) : damaged;
    List<Entry> cleared = new ArrayList<>();
    for (int part : again) {
      cleared.add(
          upload.clear(
              Parts.start(part, upload.key().size()), Parts.end(part, upload.key().size())));
    }
    journal.append(cleared);
    return damaged.isEmpty() ? new Judgement.Different(again) : new Judgement.Damaged(again);
  }

  /** The parts that are not what the agent says; all of them when it contradicts itself. */
  private static Set<Integer> changed(Upload upload, int[] claimed) {
    Set<Integer> different = differing(upload.content().partChecksums(), claimed);
    return different.isEmpty() ? all() : different;
  }

  /** What is over has no file any more, and must not get one by being opened. */
  private static void refuseOver(Upload upload) {
    if (upload.over()) {
      throw new StorageException(
          StorageException.Reason.FAILED,
          upload + " is over: it was stored or given up; offer the file again");
    }
  }

  /** The parts with a block that is not what it was when it was acknowledged. */
  private static Set<Integer> damaged(FileChannel in, Upload upload, long size) throws IOException {
    Set<Integer> parts = new TreeSet<>();
    for (Entry.Block block : upload.blocks()) {
      if (!holds(in, block)) {
        parts.add(Parts.holding(block.offset(), size));
        parts.add(Parts.holding(block.end() - 1, size));
      }
    }
    return parts;
  }

  private static Set<Integer> differing(int[] one, int[] other) {
    Set<Integer> parts = new TreeSet<>();
    for (int part = 0; part < Parts.COUNT; part++) {
      if (one[part] != other[part]) {
        parts.add(part);
      }
    }
    return parts;
  }

  private static Set<Integer> all() {
    return differing(new int[Parts.COUNT], new int[] {1, 1, 1, 1});
  }

  // ------------------------------------------------------------------ commit

  @Override
  public boolean share(Upload upload, String storedAs) {
    if (!holds(storedAs, upload.key().size())) {
      return false;
    }
    Path stored = folders.resolve(storedAs);
    Path same = partial.resolve(String.format("%016x.same", upload.number()));
    synchronized (upload) {
      try {
        if (Files.mismatch(file(upload), stored) >= 0) {
          return false;
        }
        Files.deleteIfExists(same);
        Files.createLink(same, stored);
        journal.append(List.of(new Entry.Share(upload.number())));
        open.close(upload.number());
        Files.move(
            same,
            file(upload),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
        upload.share(true);
        return true;
      } catch (IOException | UnsupportedOperationException e) {
        LOG.log(Level.DEBUG, "cannot share {0}: {1}", storedAs, e);
        return false;
      }
    }
  }

  @Override
  public void settle(Collection<Upload> complete) {
    try {
      syncs.each(complete, this::settle);
    } catch (IOException e) {
      throw StorageException.of("a file cannot be made durable", e);
    }
  }

  private void settle(Upload upload) throws IOException {
    if (!upload.shared() && !upload.over()) {
      Files.setLastModifiedTime(file(upload), FileTime.from(upload.key().modified()));
      open.use(
          upload.number(),
          file(upload),
          out -> {
            out.force(true);
            return upload;
          });
    }
  }

  @Override
  public synchronized List<Placed> place(List<Placing> placings) {
    Map<Placing, Path> names = new LinkedHashMap<>();
    Map<Placing, StorageException> failures = new HashMap<>();
    Set<Path> touched = Folders.none();
    name(placings, names, failures, touched);
    try {
      List<Entry> intents = new ArrayList<>();
      names.forEach(
          (placing, name) -> {
            String storedAs = folders.storedAs(name);
            placing.upload().placedAs(Optional.of(storedAs));
            intents.add(new Entry.Place(placing.upload().number(), storedAs));
          });
      journal.append(intents);
      journal.force();
      names.forEach(
          (placing, name) -> {
            try {
              enter(placing.upload(), name);
            } catch (IOException e) {
              failures.put(placing, StorageException.of("a file cannot get its name", e));
            }
          });
      syncs.each(touched, Directories::sync);
    } catch (IOException e) {
      StorageException failure = StorageException.of("names cannot be made durable", e);
      placings.forEach(placing -> failures.putIfAbsent(placing, failure));
    }
    if (!failures.isEmpty()) {
      folders.forget();
      undo(failures.keySet().stream().map(Placing::upload).toList());
    }
    return placings.stream()
        .map(
            placing ->
                new Placed(
                    placing.upload(),
                    placing.upload().placedAs(),
                    Optional.ofNullable(failures.get(placing))))
        .toList();
  }

  private void name(
      List<Placing> placings,
      Map<Placing, Path> names,
      Map<Placing, StorageException> failures,
      Set<Path> touched) {
    Set<Path> taken = new HashSet<>();
    for (Placing placing : placings) {
      FilePath path = placing.upload().key().path();
      if (!placing.upload().sealed()) {
        failures.put(placing, notComplete(placing.upload()));
        continue;
      }
      try {
        names.put(placing, folders.free(placing.address(), path, taken, touched));
      } catch (IOException e) {
        failures.put(placing, StorageException.of("no name can be made for a file", e));
      }
    }
  }

  private static StorageException notComplete(Upload upload) {
    return new StorageException(
        StorageException.Reason.FAILED,
        upload + " was given back or given up while it was being stored; offer the file again");
  }

  /** The second name of the same file; on file systems without links, its only one. */
  private void enter(Upload upload, Path name) throws IOException {
    open.close(upload.number());
    try {
      Files.createLink(name, file(upload));
    } catch (java.nio.file.FileAlreadyExistsException | NoSuchFileException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException e) {
      LOG.log(Level.DEBUG, "no links here, moving: {0}", e);
      Files.move(file(upload), name);
    }
  }

  @Override
  public void done(Collection<Upload> over) {
    over.forEach(Upload::end);
    for (Upload upload : over) {
      forget(upload);
      try {
        open.close(upload.number());
        Files.deleteIfExists(file(upload));
      } catch (IOException e) {
        LOG.log(Level.WARNING, "the working copy of {0} stays: {1}", upload, e);
      }
    }
    record(over.stream().map(upload -> new Entry.Done(upload.number())).toList());
    compactWhenLarge();
  }

  @Override
  public void undo(Collection<Upload> back) {
    List<Upload> open = back.stream().filter(upload -> !upload.over()).toList();
    for (Upload upload : open) {
      Optional<String> name = upload.placedAs();
      if (name.isPresent()) {
        try {
          takeBack(file(upload), folders.resolve(name.get()));
        } catch (IOException e) {
          LOG.log(Level.WARNING, "{0} cannot be taken back: {1}", name.get(), e);
        }
        upload.placedAs(Optional.empty());
      }
      upload.seal(false);
    }
    record(open.stream().map(upload -> new Entry.Unplace(upload.number())).toList());
  }

  private static void takeBack(Path file, Path name) throws IOException {
    if (!Files.exists(name, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      Files.move(name, file);
    } else if (Files.isSameFile(name, file)) {
      Files.delete(name);
    }
  }

  @Override
  public void discard(Upload upload) {
    synchronized (upload) {
      done(List.of(upload));
    }
  }

  private void forget(Upload upload) {
    uploads.remove(upload.number());
    bySource.remove(Source.of(upload.key()), upload);
  }

  /** Records that only save work at the next start; without them it does the work again. */
  private void record(List<? extends Entry> entries) {
    try {
      journal.append(entries);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the upload journal cannot be written: {0}", e.toString());
    }
  }

  private void compactWhenLarge() {
    try {
      if (journal.size() > COMPACT_ABOVE) {
        journal.compactIf(uploads::isEmpty);
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the upload journal cannot be compacted: {0}", e.toString());
    }
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
      return bytes(in, offset, length);
    } catch (IOException e) {
      throw StorageException.of("the file " + storedAs + " cannot be read", e);
    }
  }

  @Override
  public long free() {
    try {
      return Files.getFileStore(store).getUsableSpace();
    } catch (IOException e) {
      throw StorageException.of("the free space of " + store + " is not known", e);
    }
  }

  @Override
  public void close() {
    syncs.close();
    try {
      open.close();
      journal.close();
      format.close();
    } catch (IOException e) {
      throw StorageException.of("the store " + store + " did not close", e);
    }
  }
}
