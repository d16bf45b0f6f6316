package org.acopio.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.acopio.remote.Parts;
import org.acopio.remote.Range;
import org.acopio.storage.UploadJournal.Entry;

/**
 * One file on its way into the store: which of its bytes are there, and what is known of their
 * content. Its storage does the reading and writing; whoever changes an upload holds its monitor.
 * Thread-safe.
 */
public final class Upload {
  /** What a disk writes in well under a second, so that nobody waits long for the last of it. */
  static final int FORCE_BYTES = 64 << 20;

  private final long number;
  private final UploadKey key;
  private final Arrived arrived = new Arrived();
  private final PartCounts parts = new PartCounts();
  private final List<Entry.Block> blocks = new ArrayList<>(Parts.COUNT);
  private RunningDigest content;
  private Optional<String> placedAs = Optional.empty();
  private boolean checked = true;
  private boolean shared;
  private boolean shareRecalled;
  private boolean sealed;
  private boolean unwanted;
  private long unforced;
  private volatile boolean over;

  Upload(long number, UploadKey key) {
    this.number = number;
    this.key = key;
    this.content = new RunningDigest(key.size());
  }

  /** Names the upload, in this store and for ever. */
  public long number() {
    return number;
  }

  public UploadKey key() {
    return key;
  }

  /** The bytes that have not arrived, ascending and disjoint. */
  public synchronized List<Range> missing() {
    return arrived.gaps(0, key.size());
  }

  /** How many bytes have arrived. */
  public synchronized long arrivedBytes() {
    return arrived.total();
  }

  /**
   * How many bytes of a part have arrived. Waits for nobody, so it may be a moment behind while a
   * block is being written.
   *
   * @param part 0 to 3
   */
  public long arrivedBytes(int part) {
    return parts.arrived(part);
  }

  /**
   * How many blocks of a part came again, wholly or partly, since the server started. Waits for
   * nobody.
   *
   * @param part 0 to 3
   */
  public long repeatedBlocks(int part) {
    return parts.repeated(part);
  }

  /** The first bytes of the content that have passed in order, at most 2,048. */
  public synchronized byte[] head() {
    return content.head();
  }

  /** True once the upload is committed or given up; it takes no more bytes then. */
  public boolean over() {
    return over;
  }

  /** True while the upload, judged complete, is being stored: its bytes must not change. */
  synchronized boolean sealed() {
    return sealed && !over;
  }

  synchronized void seal(boolean complete) {
    sealed = complete;
  }

  /** True when the bytes are those of a file that was in the store before. */
  synchronized boolean shared() {
    return shared;
  }

  synchronized void share(boolean withStored) {
    shared = withStored;
    shareRecalled = false;
  }

  /**
   * Takes over what a journal said of {@link #shared}. It says so before the disk is changed: where
   * the server ended between the two, the bytes are the upload's own, and were never synced.
   */
  synchronized void recallShare(boolean withStored) {
    shared = withStored;
    shareRecalled = withStored;
  }

  /** False when the bytes are known to be durable, as those of a file in the store are. */
  synchronized boolean mayNeedSync() {
    return !shared || shareRecalled;
  }

  /** False when nothing of it was ever acknowledged. */
  synchronized boolean began() {
    return key.size() == 0 || !blocks.isEmpty();
  }

  synchronized void end() {
    over = true;
    content = new RunningDigest(key.size());
  }

  synchronized Optional<String> placedAs() {
    return placedAs;
  }

  synchronized void placedAs(Optional<String> name) {
    placedAs = name;
  }

  /** True once it was given up while it was being committed. */
  synchronized boolean unwanted() {
    return unwanted;
  }

  synchronized void unwanted(boolean givenUp) {
    unwanted = givenUp;
  }

  /** False from a start of the server, or a failure of the disk, to the first look at the disk. */
  synchronized boolean checked() {
    return checked;
  }

  /** Takes over what a journal said, to be compared with the disk before use. */
  synchronized void recall(Entry.Block block) {
    blocks.add(block);
    checked = false;
  }

  /** What the journal has of this upload, for a new journal. */
  synchronized List<Entry> entries() {
    List<Entry> entries = new ArrayList<>(blocks.size() + 3);
    entries.add(new Entry.Begin(number, key));
    if (shared) {
      entries.add(new Entry.Share(number));
    }
    entries.addAll(blocks);
    placedAs.ifPresent(name -> entries.add(new Entry.Place(number, name)));
    return entries;
  }

  // What follows is called by the storage, with this upload's monitor held.

  /** What is over has no file any more, and must not get one by being opened. */
  void refuseOver() {
    if (over()) {
      throw new StorageException(
          StorageException.Reason.FAILED,
          this + " is over: it was stored or given up; offer the file again");
    }
  }

  Arrived arrived() {
    return arrived;
  }

  RunningDigest content() {
    return content;
  }

  List<Entry.Block> blocks() {
    return List.copyOf(blocks);
  }

  void accept(Entry.Block block) {
    blocks.add(block);
    parts.add(partOf(block.offset()), arrived.add(block.offset(), block.end()));
  }

  /**
   * Counts bytes that have come. True each time there are so many that the disk should begin with
   * them: otherwise it begins with a large file when all of it is there, and everybody waits.
   */
  boolean due(long bytes) {
    unforced += bytes;
    boolean due = unforced >= FORCE_BYTES;
    if (due) {
      unforced = 0;
    }
    return due;
  }

  /** Some bytes of a block that begins here were there before. */
  void cameAgain(long offset) {
    parts.cameAgain(partOf(offset));
  }

  private int partOf(long offset) {
    return Parts.holding(offset, key.size());
  }

  /**
   * The disk failed, and what it has of this upload is not known: as after a start of the server,
   * what the journal has is to be compared with it before use.
   */
  void doubt() {
    checked = false;
    sealed = false;
    forgetArrived();
  }

  private void forgetArrived() {
    arrived.remove(0, key.size());
    content = new RunningDigest(key.size());
    for (int part = 0; part < Parts.COUNT; part++) {
      parts.set(part, 0);
    }
  }

  /** The recalled blocks; they count as arrived only when they are accepted again. */
  List<Entry.Block> recheck() {
    List<Entry.Block> recalled = List.copyOf(blocks);
    blocks.clear();
    checked = true;
    return recalled;
  }

  /** Bytes that are to come again, with the blocks they lie in; the content is no more known. */
  Entry.Clear clear(long from, long to) {
    for (Entry.Block block : List.copyOf(blocks)) {
      if (block.offset() < to && from < block.end()) {
        arrived.remove(block.offset(), block.end());
        blocks.remove(block);
      }
    }
    content = new RunningDigest(key.size());
    for (int part = 0; part < Parts.COUNT; part++) {
      long start = Parts.start(part, key.size());
      parts.set(part, arrived.total(start, Parts.end(part, key.size())));
    }
    return new Entry.Clear(number, from, to);
  }

  @Override
  public String toString() {
    return "Upload[" + Long.toHexString(number) + ", " + key.size() + " bytes]";
  }
}
