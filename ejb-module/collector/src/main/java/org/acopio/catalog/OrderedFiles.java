package org.acopio.catalog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A file system for H2, {@code ordered:}, that sees to what H2 2.4.240 takes for granted when it
 * opens a file that was not closed: that what it wrote later is only there when what it wrote
 * before is. Otherwise it goes back to whatever chunk lies at the end of the file, and commits that
 * were synced long ago are gone. Two things can have it so.
 *
 * <ul>
 *   <li>A write that fails, as on a full disk: writes that are in line behind it are still made,
 *       and the header of the file then names a chunk that needs one which is not there. Here
 *       nothing more is written once something could not be.
 *   <li>A power cut: a disk writes in the order it likes. Here all of a chunk but its last block,
 *       which makes it a whole one, is synced before that is written, and a chunk is before the
 *       header names it.
 * </ul>
 *
 * <p>Public, since H2 makes instances of it.
 */
public final class OrderedFiles extends FilePathWrapper {
  private static final String SCHEME = "ordered";
  private static final String DATA = ".mv.db";
  private static final int BLOCK = 4_096;

  /** Two copies, a block each, at the beginning of a file. */
  private static final int HEADER = 2 * BLOCK;

  /** The name of {@code file} by which H2 opens it in order. */
  static String of(String file) {
    FilePath.register(new OrderedFiles());
    return SCHEME + ":" + file;
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    FileChannel file = getBase().open(mode);
    return toString().endsWith(DATA) && !mode.equals("r") ? new Ordered(file) : file;
  }

  private static final class Ordered extends OtherFile {
    /** Something was written and not synced. */
    private boolean unsynced;

    private @Nullable IOException failure;

    private Ordered(FileChannel file) {
      super(file);
    }

    private interface Change {
      void make() throws IOException;
    }

    private void unlessOneFailed(Change change) throws IOException {
      if (failure != null) {
        throw new IOException("an earlier change of this file failed", failure);
      }
      try {
        change.make();
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    @Override
    public synchronized int write(ByteBuffer bytes, long position) throws IOException {
      int length = bytes.remaining();
      unlessOneFailed(
          () -> {
            if (position < HEADER) {
              sync();
            } else if (length > BLOCK) {
              int last = (length - 1) % BLOCK + 1;
              writeAll(bytes.limit(bytes.limit() - last), position);
              sync();
              bytes.limit(bytes.limit() + last);
            }
            writeAll(bytes, position + length - bytes.remaining());
          });
      return length;
    }

    private void writeAll(ByteBuffer bytes, long position) throws IOException {
      unsynced = true;
      for (long at = position; bytes.hasRemaining(); ) {
        at += file.write(bytes, at);
      }
    }

    @Override
    public synchronized int write(ByteBuffer bytes) throws IOException {
      int written = write(bytes, position());
      position(position() + written);
      return written;
    }

    @Override
    public synchronized FileChannel truncate(long size) throws IOException {
      unlessOneFailed(
          () -> {
            unsynced = true;
            file.truncate(size);
          });
      return this;
    }

    @Override
    public synchronized void force(boolean metaData) throws IOException {
      unlessOneFailed(this::sync);
    }

    private void sync() throws IOException {
      if (unsynced) {
        file.force(true);
        unsynced = false;
      }
    }
  }
}
