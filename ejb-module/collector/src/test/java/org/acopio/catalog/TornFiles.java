package org.acopio.catalog;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file system for H2, {@code torn:}, on a disk that writes what was not synced in any order: a
 * power cut finds any of these blocks there and any not.
 */
public final class TornFiles extends FilePathWrapper {
  private static final int BLOCK = 4_096;
  private static final Object LOCK = new Object();

  /** What the blocks held at the last sync that were written since; nothing where no file was. */
  private static final Map<Long, byte[]> SYNCED = new TreeMap<>();

  private static long syncedSize;
  private static volatile Runnable syncing = () -> {};

  /** What happens when a sync is asked for, and nothing of it is done yet. */
  static void beforeSync(Runnable action) {
    syncing = action;
  }

  /** Writes down what a power cut now may leave of the one file that is open. */
  static void cut(Path file, Path left, Random dice) {
    synchronized (LOCK) {
      try (RandomAccessFile out = new RandomAccessFile(left.toFile(), "rw")) {
        out.write(Files.readAllBytes(file));
        double there = dice.nextDouble();
        for (Map.Entry<Long, byte[]> block : SYNCED.entrySet()) {
          if (dice.nextDouble() >= there) {
            out.seek(block.getKey() * BLOCK);
            out.write(block.getValue());
          }
        }
        if (dice.nextBoolean() && out.length() > syncedSize) {
          out.setLength(syncedSize);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public String getScheme() {
    return "torn";
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    synchronized (LOCK) {
      FileChannel file = getBase().open(mode);
      SYNCED.clear();
      syncedSize = file.size();
      return toString().endsWith(".mv.db") ? new Channel(file) : file;
    }
  }

  private static final class Channel extends OtherFile {
    private Channel(FileChannel file) {
      super(file);
    }

    private void keep(long position, long end) throws IOException {
      for (long block = position / BLOCK; block * BLOCK < end; block++) {
        if (!SYNCED.containsKey(block)) {
          ByteBuffer before = ByteBuffer.allocate(BLOCK);
          while (before.hasRemaining()
              && file.read(before, block * BLOCK + before.position()) > 0) {
            // until it is whole, or the file ends
          }
          SYNCED.put(block, before.array());
        }
      }
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
      synchronized (LOCK) {
        keep(position, position + bytes.remaining());
        return super.write(bytes, position);
      }
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      throw new IOException("nobody writes so");
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      synchronized (LOCK) {
        force(true);
        super.truncate(size);
        syncedSize = size;
        return this;
      }
    }

    @Override
    public void force(boolean metaData) throws IOException {
      synchronized (LOCK) {
        syncing.run();
        SYNCED.clear();
        syncedSize = file.size();
      }
    }
  }
}
