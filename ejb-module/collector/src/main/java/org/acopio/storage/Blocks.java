package org.acopio.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Collections;
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
    for (int from = 0; from < pieces.size(); ) {
      int to = endOfRun(pieces, from);
      List<Piece> run = pieces.subList(from, to);
      failures.addAll(Collections.nCopies(run.size(), put(run, arrived)));
      from = to;
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

  /** Up to where the pieces from {@code from} on are of one upload and follow each other. */
  private static int endOfRun(List<Piece> pieces, int from) {
    int to = from + 1;
    while (to < pieces.size()
        && pieces.get(to).upload() == pieces.get(from).upload()
        && pieces.get(to).offset() == pieces.get(to - 1).end()) {
      to++;
    }
    return to;
  }

  private Optional<StorageException> put(List<Piece> run, List<Entry.Block> arrived) {
    Upload upload = run.get(0).upload();
    try {
      boolean due = false;
      synchronized (upload) {
        if (!upload.over()) {
          check(upload);
          for (Piece piece : run) {
            sharing.own(piece);
          }
          put(upload, run, arrived);
          due = upload.due(run.get(run.size() - 1).end() - run.get(0).offset());
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

  private void put(Upload upload, List<Piece> run, List<Entry.Block> arrived) throws IOException {
    List<Fresh> fresh = new ArrayList<>(run.size());
    for (Piece piece : run) {
      fresh.addAll(fresh(piece));
    }
    for (int from = 0; from < fresh.size(); ) {
      List<ByteBuffer> bytes = new ArrayList<>();
      int to = from;
      do {
        bytes.add(fresh.get(to++).bytes());
      } while (to < fresh.size() && fresh.get(to).from() == fresh.get(to - 1).block().end());
      files.write(upload, bytes, fresh.get(from).from());
      from = to;
    }
    for (Fresh each : fresh) {
      upload.accept(each.block());
      arrived.add(each.block());
      if (each.from() == upload.content().position()) {
        upload.content().pass(each.bytes().duplicate());
      }
    }
    catchUp(upload);
  }

  /** Bytes of a piece that had not arrived before. */
  private record Fresh(Entry.Block block, ByteBuffer bytes) {
    long from() {
      return block.offset();
    }
  }

  private static List<Fresh> fresh(Piece piece) {
    Upload upload = piece.upload();
    int length = piece.bytes().remaining();
    List<Range> gaps = upload.arrived().gaps(piece.offset(), piece.end());
    if (gaps.stream().mapToLong(Range::length).sum() < length) {
      upload.cameAgain(piece.offset());
    }
    List<Fresh> fresh = new ArrayList<>(gaps.size());
    for (Range gap : gaps) {
      int from = piece.bytes().position() + (int) (gap.from() - piece.offset());
      int count = (int) gap.length();
      ByteBuffer bytes = piece.bytes().slice(from, count);
      int crc = count == length ? piece.crc32c() : Block.checksum(bytes);
      fresh.add(new Fresh(new Entry.Block(upload.number(), gap.from(), count, crc), bytes));
    }
    return fresh;
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
