package org.acopio.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.acopio.remote.Block;
import org.acopio.remote.Range;
import org.acopio.storage.Storage.Piece;
import org.acopio.storage.UploadJournal.Entry;

/**
 * The bytes of uploads: puts blocks at their places and passes the content in order. Thread-safe.
 */
final class Blocks {
  private final PartialFiles files;
  private final Uploads uploads;
  private final UploadJournal journal;
  private final Sharing sharing;

  Blocks(PartialFiles files, Uploads uploads, Sharing sharing) {
    this.files = files;
    this.uploads = uploads;
    this.journal = uploads.journal();
    this.sharing = sharing;
  }

  /** As {@link Storage#write} promises. */
  List<Optional<StorageException>> write(List<Piece> pieces) {
    uploads.trustJournal();
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
    uploads
        .find(block.upload())
        .ifPresent(
            upload -> {
              synchronized (upload) {
                upload.clear(block.offset(), block.end());
              }
            });
  }

  private Optional<StorageException> put(Piece piece, List<Entry.Block> arrived) {
    Upload upload = piece.upload();
    try {
      boolean due = false;
      synchronized (upload) {
        if (!upload.over()) {
          check(upload);
          sharing.own(piece);
          files.on(upload, out -> put(piece, out, arrived));
          due = upload.due(piece.bytes().remaining());
        }
      }
      if (due) {
        force(upload);
      }
      return Optional.empty();
    } catch (StorageException e) {
      return Optional.of(e);
    } catch (IOException e) {
      StorageException failure = StorageException.of("a block cannot be written", e);
      if (failure.reason() == StorageException.Reason.BROKEN) {
        uploads.setAside(upload, e);
      }
      return Optional.of(failure);
    }
  }

  /** As the last sync of a file: after one that failed none is tried again. */
  private void force(Upload upload) throws IOException {
    try {
      files.force(upload);
    } catch (AsynchronousCloseException e) {
      throw e;
    } catch (IOException e) {
      uploads.setAside(upload, e);
      throw e;
    }
  }

  private static void put(Piece piece, FileChannel out, List<Entry.Block> arrived)
      throws IOException {
    Upload upload = piece.upload();
    long end = piece.offset() + piece.bytes().remaining();
    List<Range> gaps = upload.arrived().gaps(piece.offset(), end);
    if (gaps.stream().mapToLong(Range::length).sum() < piece.bytes().remaining()) {
      upload.cameAgain(piece.offset());
    }
    for (Range gap : gaps) {
      int from = piece.bytes().position() + (int) (gap.from() - piece.offset());
      ByteBuffer bytes = piece.bytes().slice(from, (int) gap.length());
      Bytes.writeFully(out, bytes.duplicate(), gap.from());
      boolean whole = bytes.remaining() == piece.bytes().remaining();
      int crc = whole ? piece.crc32c() : Block.checksum(bytes);
      Entry.Block block = new Entry.Block(upload.number(), gap.from(), (int) gap.length(), crc);
      upload.accept(block);
      arrived.add(block);
      if (gap.from() == upload.content().position()) {
        upload.content().pass(bytes);
      }
    }
    catchUp(upload, out);
  }

  /**
   * Once after a restart, or after the disk failed: what the journal says is true only where the
   * disk agrees.
   */
  void check(Upload upload) {
    if (upload.checked()) {
      return;
    }
    synchronized (upload) {
      if (upload.checked()) {
        return;
      }
      try {
        for (Entry.Block block : upload.recheck()) {
          if (files.use(upload, in -> Bytes.holds(in, block))) {
            upload.accept(block);
          }
        }
        catchUp(upload);
      } catch (IOException e) {
        throw StorageException.of("what had arrived of a file cannot be read back", e);
      }
    }
  }

  /** Passes all bytes that come next; the caller holds the upload's monitor. */
  void catchUp(Upload upload) throws IOException {
    files.on(upload, in -> catchUp(upload, in));
  }

  /** Passes the bytes that had arrived ahead of their turn; they are read back from the file. */
  private static void catchUp(Upload upload, FileChannel in) throws IOException {
    long from = upload.content().position();
    long to = upload.arrived().endOfRun(from);
    if (from < to && Bytes.scan(in, from, to, upload.content()::pass) != to - from) {
      throw new IOException("the file of " + upload + " is shorter than what was written to it");
    }
  }

  /** As {@link Storage#peek} promises. */
  byte[] peek(Upload upload, int length) {
    try {
      synchronized (upload) {
        upload.refuseOver();
        return files.use(upload, in -> Bytes.read(in, 0, length));
      }
    } catch (IOException e) {
      throw StorageException.of("the beginning of a file cannot be read back", e);
    }
  }
}
