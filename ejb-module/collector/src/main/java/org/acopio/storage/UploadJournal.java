package org.acopio.storage;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;
import org.acopio.remote.FilePath;
import org.acopio.remote.Sha256;

/**
 * What has arrived of the uploads that are under way: an append-only file of checked records. A
 * record that was appended survives a crash of the process; one that was forced, a loss of power.
 * Layout: DESIGN.md, Storage format. Thread-safe.
 */
final class UploadJournal implements AutoCloseable {
  private static final byte[] HEADER = "ACOPIOJ1".getBytes(StandardCharsets.US_ASCII);
  private static final int PREFIX = 8;
  private static final int MAX_RECORD = 1 << 18;

  /** What a record says. */
  sealed interface Entry {
    long upload();

    /** An upload begins. */
    record Begin(long upload, UploadKey key) implements Entry {}

    /** A block is at its place in the partial file. */
    record Block(long upload, long offset, int length, int crc32c) implements Entry {
      /** Offset behind the last byte. */
      long end() {
        return offset + length;
      }
    }

    /** The bytes {@code [from, to)} are to come again. */
    record Clear(long upload, long from, long to) implements Entry {}

    /** The upload is about to appear under this name, which nobody had. */
    record Place(long upload, String storedAs) implements Entry {}

    /** It does not stand under a name any more. */
    record Unplace(long upload) implements Entry {}

    /** It is over: committed, or given up. */
    record Done(long upload) implements Entry {}

    /** Its bytes are about to be those of a stored file. */
    record Share(long upload) implements Entry {}

    /** Its bytes are its own again. */
    record Own(long upload) implements Entry {}
  }

  /** Hears the records of a journal, in order. */
  interface Reader {
    void entry(Entry entry);
  }

  private final Path file;
  private final Disk disk;

  /** What could not be appended yet, and has to stand before all that comes. */
  private final Set<Entry> owed = new LinkedHashSet<>();

  private FileChannel channel;
  private long sound;
  private boolean closed;
  private volatile boolean suspect;

  private UploadJournal(Path file, Disk disk, FileChannel channel) throws IOException {
    this.file = file;
    this.disk = disk;
    this.channel = channel;
    this.sound = channel.size();
  }

  /**
   * Reads every sound record of a journal. Ends at the first that is torn, as a crash leaves it.
   *
   * @return how many bytes at the end were torn
   */
  static long read(Path file, Reader reader) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(MAX_RECORD * 4).limit(0);
      if (!fill(in, buffer, HEADER.length) || !headerIn(buffer)) {
        return in.size();
      }
      long sound = HEADER.length;
      while (fill(in, buffer, PREFIX)) {
        int length = buffer.getInt(buffer.position());
        int crc = buffer.getInt(buffer.position() + 4);
        if (length < 1 || length > MAX_RECORD || !fill(in, buffer, PREFIX + length)) {
          break;
        }
        ByteBuffer payload = buffer.slice(buffer.position() + PREFIX, length);
        if (checksum(payload) != crc) {
          break;
        }
        reader.entry(decode(payload));
        buffer.position(buffer.position() + PREFIX + length);
        sound += PREFIX + length;
      }
      return in.size() - sound;
    }
  }

  /** Replaces the journal by one with these records, durably, and keeps it open for more. */
  static UploadJournal rewrite(Path file, Iterable<Entry> entries) throws IOException {
    return rewrite(file, entries, new Disk());
  }

  static UploadJournal rewrite(Path file, Iterable<Entry> entries, Disk disk) throws IOException {
    return new UploadJournal(file, disk, replace(file, entries, disk));
  }

  /** The file with these records, open for more. */
  private static FileChannel replace(Path file, Iterable<Entry> entries, Disk disk)
      throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    FileChannel channel =
        disk.open(
            next,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE));
    try {
      writeFully(channel, ByteBuffer.wrap(HEADER));
      Encoder batch = new Encoder();
      for (Entry entry : entries) {
        batch.add(entry);
        if (batch.size() > MAX_RECORD) {
          writeFully(channel, batch.take());
        }
      }
      writeFully(channel, batch.take());
      channel.force(true);
      disk.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      disk.sync(file.getParent());
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Appends records in one write, behind those that are owed. */
  synchronized void append(List<? extends Entry> entries) throws IOException {
    if (entries.isEmpty()) {
      return;
    }
    Encoder batch = new Encoder();
    for (Entry entry : owed) {
      batch.add(entry);
    }
    for (Entry entry : entries) {
      batch.add(entry);
    }
    FileChannel out = current();
    try {
      writeFully(out, batch.take());
      sound = out.position();
      owed.clear();
    } catch (IOException e) {
      suspect |= StorageException.of("", e).reason() == StorageException.Reason.BROKEN;
      truncate(e);
      throw e;
    }
  }

  /**
   * Appends records of what has happened and nobody can undo. Those that the disk does not take now
   * are owed: no later record is written before them, so that a name which an upload had given up
   * is never read as that upload's once another has it.
   */
  synchronized void appendOrOwe(List<? extends Entry> entries) throws IOException {
    try {
      append(entries);
    } catch (IOException e) {
      owed.addAll(entries);
      throw e;
    }
  }

  /** Tries to append what is owed. */
  synchronized void settle() throws IOException {
    List<Entry> all = List.copyOf(owed);
    owed.clear();
    appendOrOwe(all);
  }

  /** Makes what was appended survive a loss of power. */
  void force() throws IOException {
    FileChannel out = current();
    try {
      out.force(false);
    } catch (IOException e) {
      if (out.isOpen()) {
        // The system may have dropped what it could not write, and will not say so twice.
        suspect = true;
      }
      throw e;
    }
  }

  /** True when the disk failed in such a way that only a new file can be trusted. */
  boolean suspect() {
    return suspect;
  }

  /** Closes the file, which cannot be trusted any more. */
  synchronized void letGo() throws IOException {
    suspect = true;
    channel.close();
  }

  /** Takes a new file with these records in the place of one that cannot be trusted. */
  synchronized void renew(List<Entry> entries) throws IOException {
    FileChannel old = channel;
    channel = replace(file, entries, disk);
    sound = channel.size();
    suspect = false;
    old.close();
  }

  synchronized long size() {
    return sound;
  }

  /** Replaces the file by an empty one, if there is nothing to keep. */
  synchronized void compactIf(BooleanSupplier nothingToKeep) throws IOException {
    if (nothingToKeep.getAsBoolean()) {
      FileChannel old = channel;
      channel = replace(file, List.of(), disk);
      sound = channel.size();
      old.close();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    channel.close();
  }

  /** The open file; opened anew when an interrupted thread closed it for everybody. */
  private synchronized FileChannel current() throws IOException {
    if (suspect) {
      throw new IOException(
          "the upload journal cannot be trusted since the disk failed, and is not made anew yet");
    }
    if (!channel.isOpen() && !closed) {
      channel = disk.open(file, Set.of(StandardOpenOption.WRITE));
      channel.truncate(sound).position(sound);
    }
    return channel;
  }

  /** Half a record must not stand between sound ones. */
  private void truncate(IOException cause) {
    try {
      channel.truncate(sound);
      channel.position(sound);
    } catch (IOException e) {
      // One that an interrupt closed is cut off when it is opened anew.
      suspect |= channel.isOpen();
      cause.addSuppressed(e);
    }
  }

  private static boolean headerIn(ByteBuffer buffer) {
    byte[] found = new byte[HEADER.length];
    buffer.get(found);
    return Arrays.equals(found, HEADER);
  }

  private static boolean fill(FileChannel in, ByteBuffer buffer, int needed) throws IOException {
    if (buffer.remaining() >= needed) {
      return true;
    }
    buffer.compact();
    while (buffer.position() < needed) {
      if (in.read(buffer) < 0) {
        break;
      }
    }
    buffer.flip();
    return buffer.remaining() >= needed;
  }

  private static int checksum(ByteBuffer payload) {
    CRC32C crc = new CRC32C();
    crc.update(payload.duplicate());
    return (int) crc.getValue();
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Whoever wrote a record with a true checksum and false fields was no server of this version. */
  private static Entry decode(ByteBuffer in) throws IOException {
    try {
      Entry entry = entry(in);
      if (in.hasRemaining()) {
        throw new IOException(
            "the upload journal has a record with " + in.remaining() + " bytes too many");
      }
      return entry;
    } catch (BufferUnderflowException
        | IllegalArgumentException
        | DateTimeException
        | ArithmeticException e) {
      throw new IOException("the upload journal has a record that cannot be read: " + e, e);
    }
  }

  private static Entry entry(ByteBuffer in) throws IOException {
    int type = in.get();
    long upload = in.getLong();
    return switch (type) {
      case 1 -> {
        byte[] agent = take(in, Sha256.LENGTH);
        long size = in.getLong();
        Instant modified = Instant.ofEpochSecond(in.getLong(), in.getInt());
        FilePath path = FilePath.of(take(in, in.remaining()));
        yield new Entry.Begin(upload, new UploadKey(Sha256.of(agent), path, size, modified));
      }
      case 2 -> new Entry.Block(upload, in.getLong(), in.getInt(), in.getInt());
      case 3 -> new Entry.Clear(upload, in.getLong(), in.getLong());
      case 4 ->
          new Entry.Place(upload, new String(take(in, in.remaining()), StandardCharsets.UTF_8));
      case 5 -> new Entry.Unplace(upload);
      case 6 -> new Entry.Done(upload);
      case 7 -> new Entry.Share(upload);
      case 8 -> new Entry.Own(upload);
      default ->
          throw new IOException("the upload journal has a record of the unknown type " + type);
    };
  }

  private static byte[] take(ByteBuffer in, int count) {
    byte[] bytes = new byte[count];
    in.get(bytes);
    return bytes;
  }

  /** Collects records for one write. */
  private static final class Encoder {
    private ByteBuffer out = ByteBuffer.allocate(1 << 12);

    int size() {
      return out.position();
    }

    ByteBuffer take() {
      ByteBuffer full = out.flip();
      out = ByteBuffer.allocate(1 << 12);
      return full;
    }

    void add(Entry entry) {
      room(PREFIX + 128 + extra(entry).map(bytes -> bytes.length).orElse(0));
      int start = out.position();
      out.position(start + PREFIX);
      encode(entry);
      int length = out.position() - start - PREFIX;
      out.putInt(start, length);
      out.putInt(start + 4, checksum(out.slice(start + PREFIX, length)));
    }

    private static Optional<byte[]> extra(Entry entry) {
      if (entry instanceof Entry.Begin begin) {
        return Optional.of(begin.key().path().bytes());
      }
      return entry instanceof Entry.Place place
          ? Optional.of(place.storedAs().getBytes(StandardCharsets.UTF_8))
          : Optional.empty();
    }

    private void encode(Entry entry) {
      if (entry instanceof Entry.Begin begin) {
        UploadKey key = begin.key();
        head(1, entry).put(key.agent().bytes()).putLong(key.size());
        out.putLong(key.modified().getEpochSecond()).putInt(key.modified().getNano());
      } else if (entry instanceof Entry.Block block) {
        head(2, entry).putLong(block.offset()).putInt(block.length()).putInt(block.crc32c());
      } else if (entry instanceof Entry.Clear clear) {
        head(3, entry).putLong(clear.from()).putLong(clear.to());
      } else if (entry instanceof Entry.Place) {
        head(4, entry);
      } else if (entry instanceof Entry.Unplace) {
        head(5, entry);
      } else if (entry instanceof Entry.Done) {
        head(6, entry);
      } else {
        head(entry instanceof Entry.Share ? 7 : 8, entry);
      }
      extra(entry).ifPresent(out::put);
    }

    private ByteBuffer head(int type, Entry entry) {
      return out.put((byte) type).putLong(entry.upload());
    }

    private void room(int count) {
      if (out.remaining() < count) {
        out =
            ByteBuffer.allocate(Math.max(out.capacity() * 2, out.position() + count))
                .put(out.flip());
      }
    }
  }
}
