package org.acopio.client.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The journal's file as it was when it was opened, indexed, with its end open for more records. The
 * file begins with 16 bytes: {@code acopio-j}, the version, two zero bytes, and the CRC-32C of the
 * twelve before; records follow. Reading is for one thread, {@code append} and {@code flush} for
 * any.
 */
final class JournalFile implements AutoCloseable {
  static final String NAME = "journal";
  static final String DAMAGED = "journal.damaged";

  private static final String REWRITTEN = "journal.new";
  private static final byte[] MAGIC = {'a', 'c', 'o', 'p', 'i', 'o', '-', 'j'};
  private static final short VERSION = 1;
  private static final int HEADER_BYTES = 16;

  /**
   * A file of up to this size is read at once, a larger one is mapped: it must not fill the heap.
   */
  private static final int READ_BYTES = 16 << 20;

  /** What waits to be written is written when it is this much, or older than a second. */
  private static final int PENDING_BYTES = 128 << 10;

  private static final long PENDING_NANOS = 1_000_000_000L;

  /** No more than this is lost at the end when a process or a PC dies while it writes. */
  private static final int MAX_TORN_BYTES = PENDING_BYTES + JournalRecord.MAX_BYTES;

  /** Less garbage than this is left where it is. */
  private static final long GARBAGE_BYTES = 64 << 10;

  private final Path file;
  private final ByteBuffer data;
  private final JournalIndex index;
  private final Optional<Path> setAside;
  private final ByteBuffer pending = little(ByteBuffer.allocate(PENDING_BYTES));
  private long written = System.nanoTime();
  private final long endAtOpening;
  private FileChannel channel;
  private long end;
  private @Nullable IOException failure;

  private JournalFile(
      Path file, FileChannel channel, Loaded loaded, long end, Optional<Path> setAside)
      throws IOException {
    this.file = file;
    this.setAside = setAside;
    this.channel = channel;
    this.data = loaded.data;
    this.index = loaded.index;
    this.endAtOpening = end;
    this.end = end;
    if (channel.size() > end) {
      channel.truncate(end);
    }
  }

  /**
   * Opens the file in {@code directory}, and makes it when there is none. A torn end is cut off; a
   * file with much garbage is rewritten. Of a damaged file the sound part is used.
   */
  static JournalFile open(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    Loaded loaded = load(file);
    boolean damaged = loaded.state == State.DAMAGED;
    // What was read stays as it is: only in the file the records may be elsewhere from now on.
    long end = loaded.end;
    if (damaged) {
      end = rewrite(directory, loaded, true);
    } else if (loaded.muchGarbage()) {
      end = collectGarbage(directory, loaded);
    }
    FileChannel channel = openForWriting(file, end == HEADER_BYTES);
    return new JournalFile(
        file,
        channel,
        loaded,
        end,
        damaged ? Optional.of(directory.resolve(DAMAGED)) : Optional.empty());
  }

  /**
   * Where the damaged file is now, of which only the sound part is used; nothing when it was sound.
   */
  Optional<Path> setAside() {
    return setAside;
  }

  /** True when no file was known when it was opened. */
  boolean isEmpty() {
    return index.isEmpty();
  }

  /** What is known of the file at {@code path} if its stamp is {@code stamp}. */
  Optional<JournalRecord.Known> find(byte[] path, FileStamp stamp) {
    int offset = index.find(path);
    return offset == 0 ? Optional.empty() : JournalRecord.known(data, offset, stamp);
  }

  /** Records for good that files which nobody asked for below {@code root} are gone. */
  void forgetUnseen(byte[] root) {
    for (int offset : index.unseenFiles()) {
      byte[] path = JournalRecord.path(data, offset);
      if (isBelow(path, root)) {
        appendGone(path);
      }
    }
  }

  private static boolean isBelow(byte[] path, byte[] root) {
    int bytes = root.length > 0 && root[root.length - 1] == '/' ? root.length - 1 : root.length;
    return path.length > bytes
        && path[bytes] == '/'
        && Arrays.equals(path, 0, bytes, root, 0, bytes);
  }

  /**
   * Adds what is known of a file; it is on its way to the disk within a second of the next record.
   *
   * @param mediaType empty when it is not media
   */
  synchronized void appendFile(
      byte[] path, FileStamp stamp, String mediaType, byte @Nullable [] sha256) {
    if (makeRoom()) {
      JournalRecord.putFile(pending, path, stamp, mediaType, sha256);
    }
  }

  private synchronized void appendGone(byte[] path) {
    if (makeRoom()) {
      JournalRecord.putGone(pending, path);
    }
  }

  private boolean makeRoom() {
    if (pending.remaining() < JournalRecord.MAX_BYTES
        || System.nanoTime() - written > PENDING_NANOS) {
      flush();
    }
    return end + pending.position() < Integer.MAX_VALUE - PENDING_BYTES;
  }

  /**
   * Gives what waits to the system. A failure is kept for {@link #failure}: memory is a comfort.
   */
  synchronized void flush() {
    pending.flip();
    try {
      if (failure == null) {
        long start = end;
        throughInterrupts(
            () -> {
              // The buffer's position moves also when the channel was closed after the write.
              channel.position(start + pending.position());
              writeFully(channel, pending);
            });
        end += pending.limit();
      }
    } catch (IOException e) {
      failure = e;
    }
    pending.clear();
    written = System.nanoTime();
  }

  /**
   * Does what can be done again. An interrupt closes the channel of whoever is at it; that ends the
   * run of a thread, and not what the journal keeps of it.
   */
  private void throughInterrupts(Step step) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          step.perform();
          return;
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
          channel = FileChannel.open(file, StandardOpenOption.WRITE);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private interface Step {
    void perform() throws IOException;
  }

  /** Why records could not be written. */
  synchronized Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public synchronized void close() throws IOException {
    if (channel.isOpen()) {
      flush();
      if (end > endAtOpening) {
        throughInterrupts(() -> channel.force(false));
      }
      channel.close();
    }
  }

  private static FileChannel openForWriting(Path file, boolean empty) throws IOException {
    FileChannel channel =
        OwnerOnly.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    if (empty) {
      writeFully(channel, header());
    }
    return channel;
  }

  private static ByteBuffer header() {
    ByteBuffer header = little(ByteBuffer.allocate(HEADER_BYTES));
    header.put(MAGIC).putShort(VERSION).putShort((short) 0);
    CRC32C crc = new CRC32C();
    crc.update(header.array(), 0, header.position());
    return header.putInt((int) crc.getValue()).flip();
  }

  private static Loaded load(Path file) throws IOException {
    if (Files.notExists(file)) {
      return new Loaded(little(ByteBuffer.allocate(0)), State.SOUND);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size > Integer.MAX_VALUE) {
        return new Loaded(little(ByteBuffer.allocate(0)), State.DAMAGED);
      }
      return index(little(size <= READ_BYTES ? read(channel, (int) size) : map(channel, size)));
    }
  }

  private static ByteBuffer read(FileChannel channel, int size) throws IOException {
    ByteBuffer data = ByteBuffer.allocate(size);
    while (data.hasRemaining() && channel.read(data) >= 0) {
      // A read may bring less than is there.
    }
    return data.flip();
  }

  private static ByteBuffer map(FileChannel channel, long size) throws IOException {
    return channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
  }

  private static Loaded index(ByteBuffer data) {
    int size = data.limit();
    ByteBuffer header = header();
    int common = Math.min(size, HEADER_BYTES);
    if (!data.slice(0, common).equals(header.slice(0, common))) {
      return new Loaded(data, State.DAMAGED);
    }
    Loaded loaded = new Loaded(data, State.SOUND);
    if (size > HEADER_BYTES) {
      loaded.readRecords(size);
    }
    return loaded;
  }

  /**
   * Garbage does no harm: where the disk is full, or the system lets nobody replace a file that is
   * mapped, it stays, and the next run tries again. Returns where the file ends.
   */
  private static long collectGarbage(Path directory, Loaded loaded) {
    try {
      return rewrite(directory, loaded, false);
    } catch (IOException e) {
      discard(directory.resolve(REWRITTEN));
      return loaded.end;
    }
  }

  /** Of a disk that is full it may have all that was left. */
  private static void discard(Path fresh) {
    try {
      Files.deleteIfExists(fresh);
    } catch (IOException e) {
      // The next run writes over it.
      return;
    }
  }

  /** Writes what counts to a new file that takes the place of the old one; returns its size. */
  private static long rewrite(Path directory, Loaded loaded, boolean keepOld) throws IOException {
    long bytes;
    Path fresh = directory.resolve(REWRITTEN);
    Path file = directory.resolve(NAME);
    try (FileChannel out =
        OwnerOnly.open(
            fresh,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING))) {
      ByteBuffer buffer = little(ByteBuffer.allocate(PENDING_BYTES));
      buffer.put(header());
      loaded.copyTo(out, buffer);
      bytes = out.position();
      out.force(true);
    }
    if (keepOld) {
      Files.move(file, directory.resolve(DAMAGED), StandardCopyOption.REPLACE_EXISTING);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return bytes;
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static ByteBuffer little(ByteBuffer buffer) {
    return buffer.order(ByteOrder.LITTLE_ENDIAN);
  }

  private enum State {
    SOUND,
    DAMAGED
  }

  /** The sound part of a file. */
  private static final class Loaded {
    private final ByteBuffer data;
    private final JournalIndex index;
    private State state;
    private int end = HEADER_BYTES;
    private long garbage;

    Loaded(ByteBuffer data, State state) {
      this.data = data;
      this.index = new JournalIndex(data);
      this.state = state;
    }

    /**
     * Goes on to the first record that is not whole. A crash leaves the last one torn, or zeros
     * that were never written; anything else is damage.
     */
    void readRecords(int size) {
      while (size - end > JournalRecord.HEAD_BYTES) {
        int bodyBytes = data.getInt(end);
        int bytes = JournalRecord.bytes(bodyBytes);
        if (bytes < 0) {
          state = bodyBytes == 0 ? State.SOUND : State.DAMAGED;
          return;
        }
        if (bytes > size - end) {
          state = size - end <= MAX_TORN_BYTES ? State.SOUND : State.DAMAGED;
          return;
        }
        if (data.getInt(end + 4) != JournalRecord.checksum(data, end, bodyBytes)
            || !JournalRecord.consistent(data, end, bodyBytes)) {
          state = bytes == size - end ? State.SOUND : State.DAMAGED;
          return;
        }
        add(bytes);
      }
    }

    private void add(int bytes) {
      int before = index.put(end);
      if (before != 0) {
        garbage += JournalRecord.HEAD_BYTES + data.getInt(before);
      }
      if (!JournalRecord.isFile(data, end)) {
        garbage += bytes;
      }
      end += bytes;
    }

    boolean muchGarbage() {
      return garbage > GARBAGE_BYTES && garbage > end / 3;
    }

    /** Records that lie side by side are copied at once: most do. */
    void copyTo(FileChannel out, ByteBuffer buffer) throws IOException {
      int from = 0;
      int to = 0;
      for (int offset : index.files()) {
        if (offset != to) {
          copy(data.slice(from, to - from), out, buffer);
          from = offset;
        }
        to = offset + JournalRecord.HEAD_BYTES + data.getInt(offset);
      }
      copy(data.slice(from, to - from), out, buffer);
      writeFully(out, buffer.flip());
    }

    private static void copy(ByteBuffer records, FileChannel out, ByteBuffer buffer)
        throws IOException {
      for (int at = 0; at < records.limit(); ) {
        if (!buffer.hasRemaining()) {
          writeFully(out, buffer.flip());
          buffer.clear();
        }
        int bytes = Math.min(records.limit() - at, buffer.remaining());
        buffer.put(records.slice(at, bytes));
        at += bytes;
      }
    }
  }
}
