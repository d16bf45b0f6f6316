package org.acopio.client.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps a journal's directory for one process. The system releases it when the process ends. */
final class JournalLock implements AutoCloseable {
  private static final String NAME = "journal.lock";

  /** Far behind the text, which others must be able to read where locks are mandatory. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private static final int MAX_TEXT_BYTES = 64;
  private static final Path SELF = Path.of("/proc/self");

  private final FileChannel channel;

  private JournalLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws JournalException {@code IN_USE}, naming the process, when another one has it
   */
  static JournalLock take(Path directory) throws IOException, JournalException {
    FileChannel channel =
        OwnerOnly.open(
            directory.resolve(NAME),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    try {
      if (lock(channel) == null) {
        throw new JournalException(JournalException.Kind.IN_USE, directory, holder(channel), null);
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(thisProcess().getBytes(StandardCharsets.US_ASCII)), 0);
      return new JournalLock(channel);
    } catch (IOException | JournalException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(LOCKED_BYTE, 1, false);
    } catch (OverlappingFileLockException e) {
      return null; // This very process has it.
    }
  }

  /** From Linux where it is: {@link ProcessHandle} starts a pool of threads with its first use. */
  private static String thisProcess() throws IOException {
    return Files.isSymbolicLink(SELF)
        ? Files.readSymbolicLink(SELF).toString()
        : Long.toString(ProcessHandle.current().pid());
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(MAX_TEXT_BYTES);
    channel.read(text, 0);
    return new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
