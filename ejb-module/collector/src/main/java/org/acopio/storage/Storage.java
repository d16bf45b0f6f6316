package org.acopio.storage;

import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.acopio.remote.Range;
import org.acopio.remote.Sha256;

/**
 * Where the bytes are kept. Two kinds of thing are in it: uploads, which are on their way, and
 * files, which are complete, durable and never changed. Every implementation passes {@code
 * StorageContract}.
 *
 * <p>Thread-safe. Failures of the disk are {@link StorageException}; none of them costs anything
 * that was stored before.
 */
public interface Storage extends AutoCloseable {
  /** Names this store for ever. */
  String id();

  /**
   * Brings what a crash left into order, and gives up uploads on which nothing has arrived for
   * longer than this store waits; to be called once, before anything else.
   *
   * @param committed of a set of upload numbers, those that the catalog has
   * @param trusted the time up to which the wait counts; empty when no time is to be trusted, and
   *     then no upload is given up
   */
  RepairReport repair(UnaryOperator<Set<Long>> committed, Optional<Instant> trusted);

  /**
   * The upload with this key that is not over. After a restart, or after the disk failed, the first
   * call compares what is on the disk with what was acknowledged, and keeps what agrees.
   */
  Optional<Upload> find(UploadKey key);

  /** The upload with this number, when it is not over. */
  Optional<Upload> find(long number);

  /** How many uploads are not over, those that nobody goes on with included. */
  int unfinished();

  /**
   * Begins uploads, in the order of the keys. One of the same agent and path with another size or
   * time is given up.
   */
  List<Upload> begin(List<UploadKey> keys);

  /**
   * Begins an upload whose whole content is in the store already.
   *
   * @return nothing when that file is not there, has another size, or cannot be shared
   */
  Optional<Upload> adopt(UploadKey key, String storedAs);

  /**
   * Puts blocks at their places. Bytes that are there already stay as they are. When it returns,
   * every piece without a failure survives a crash of the process.
   *
   * @return for each piece its failure, if it had one
   */
  List<Optional<StorageException>> write(List<Piece> pieces);

  /** The first bytes of an upload as they are on the disk, at most {@code length}. */
  byte[] peek(Upload upload, int length);

  /**
   * Compares what has arrived with what the agent says it sent. Once this is {@link
   * Judgement.Complete} the bytes do not change until {@link #undo}; whoever does not go on to
   * {@link #place} calls that.
   */
  Judgement judge(Upload upload, Sha256 claimed, int[] partChecksums);

  /**
   * Lets a complete upload share the disk space of a stored file, when the two are equal byte by
   * byte.
   *
   * @return false, with nothing changed, when they are not or the disk cannot
   */
  boolean share(Upload upload, String storedAs);

  /** Makes the bytes of complete uploads durable. Fails as a whole. */
  void settle(Collection<Upload> uploads);

  /**
   * Gives uploads that were judged complete or adopted, and settled, their final names, durably. A
   * name that is taken is never touched: the upload gets the next one beside it.
   */
  List<Placed> place(List<Placing> placings);

  /** The catalog has these uploads: they are over. */
  void done(Collection<Upload> uploads);

  /**
   * The catalog does not have these uploads: their final names are taken back, and they can go on.
   * Those that are over stay as they are.
   */
  void undo(Collection<Upload> uploads);

  /**
   * Gives an upload up and frees its bytes. One that has its final name is found no more by its
   * key, and ends with {@link #done} or {@link #undo}.
   */
  void discard(Upload upload);

  /** True when a stored file is there with this size. */
  boolean holds(String storedAs, long size);

  /** Up to {@code length} bytes of a stored file from {@code offset} on; none at its end. */
  byte[] read(String storedAs, long offset, int length);

  /**
   * A stored file, to be read from any place of it; the caller closes it.
   *
   * @throws StorageException when it is not there, is a link, or has another size
   */
  SeekableByteChannel open(String storedAs, long size);

  /**
   * Where another program of this machine can read a stored file, and shall not change it.
   *
   * @throws StorageException as {@link #open} does
   */
  Path locate(String storedAs, long size);

  /**
   * Sees whether the store is there, and puts right by itself what can be after the disk failed. To
   * be called now and then.
   *
   * @throws StorageException when it is not there, or fails, whatever else it may tell
   */
  void attend();

  /** Bytes that are free, as the disk says; it does not tell of quotas. */
  long free();

  /**
   * Whether there was no room for what was to be stored last, whatever {@link #free} says; {@link
   * #attend} tries again.
   */
  boolean full();

  /** Bytes that the disk of this store has in all, as it says; others may use it too. */
  long capacity();

  /** Whether this process may write to the store; false when it is mounted read-only, or gone. */
  boolean writable();

  @Override
  void close();

  /**
   * A block for its place.
   *
   * @param upload where it belongs
   * @param offset of its first byte, from the start of the file; the block lies inside one part
   * @param crc32c of its bytes, which the caller has checked
   * @param bytes from position to limit
   */
  record Piece(Upload upload, long offset, int crc32c, ByteBuffer bytes) {
    /** Behind its last byte, from the start of the file. */
    public long end() {
      return offset + bytes.remaining();
    }
  }

  /**
   * A complete upload that is to get its name.
   *
   * @param upload settled
   * @param address of the client whose folder it goes to
   */
  record Placing(Upload upload, String address) {}

  /**
   * What became of a placing.
   *
   * @param upload which
   * @param storedAs its final name, relative to the store, separated by {@code /}; absent when it
   *     failed
   * @param failure why it has none
   */
  record Placed(Upload upload, Optional<String> storedAs, Optional<StorageException> failure) {}

  /** What comparing an upload with its agent's claim came to. */
  sealed interface Judgement {
    /** Everything is there and equal. */
    record Complete(Sha256 digest) implements Judgement {}

    /** Bytes have not arrived. */
    record Missing(List<Range> ranges) implements Judgement {}

    /** The disk does not hold what had arrived; these parts are to come again. */
    record Damaged(Set<Integer> parts) implements Judgement {}

    /** What arrived is not what the agent says; these parts are to come again. */
    record Different(Set<Integer> parts) implements Judgement {}
  }
}
