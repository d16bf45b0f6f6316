package org.acopio.client.send;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.acopio.client.scan.FileStamp;
import org.acopio.client.scan.MediaFile;
import org.acopio.remote.FileOffer;
import org.acopio.remote.FilePath;
import org.acopio.remote.Parts;
import org.acopio.remote.Range;
import org.acopio.remote.Sha256;
import org.acopio.remote.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * One file on its way. In one thread's hands at a time; the {@link Desk} hands it from one to the
 * next. Only {@link #contributed} may be called by several, for blocks of a large file.
 */
final class Work {
  /** How often a file is begun again before it is given up, for each kind of trouble. */
  static final int TRIES = 3;

  private MediaFile file;
  private Optional<Sha256> digest;
  private int[] partChecksums = new int[Parts.COUNT];
  private boolean read;
  private boolean told;

  private @Nullable Link offeredOn;
  private boolean everOffered;
  private boolean digestFirst;
  private long upload;
  private List<Range> missing = List.of();

  private boolean started;
  private volatile boolean contributed;

  /** Times that the file was found changed, that its content was not what was said, refused. */
  int changes;

  int repeats;
  int refusals;

  /** When it may be offered again, on the clock of {@link System#nanoTime}. */
  long dueNanos;

  Work(MediaFile file) {
    this.file = file;
    this.digest = file.knownDigest().map(Sha256::of);
  }

  MediaFile file() {
    return file;
  }

  long size() {
    return file.stamp().size();
  }

  Optional<Sha256> digest() {
    return digest;
  }

  int[] partChecksums() {
    return partChecksums;
  }

  long upload() {
    return upload;
  }

  /** What is to be sent, ascending and disjoint. */
  List<Range> missing() {
    return missing;
  }

  /** The offer of this file. Fails with {@link IllegalArgumentException} when it cannot be made. */
  FileOffer offer() {
    return new FileOffer(
        FilePath.of(file.wirePath()), size(), file.stamp().modified(), file.mediaType(), digest);
  }

  /** True when it was offered on {@code link}, so that its number holds there. */
  boolean offeredOn(Link link) {
    return offeredOn == link;
  }

  /** True when it was never offered before. */
  boolean offerFirst() {
    boolean first = !everOffered;
    everOffered = true;
    return first;
  }

  /** True when the server may have the content, which only the digest can tell. */
  boolean digestFirst() {
    return digestFirst && digest.isEmpty();
  }

  /** It is to be offered anew, even on the same link. */
  void forgetOffer() {
    offeredOn = null;
  }

  /** All that was missing was sent. */
  void sentWhole() {
    missing = List.of();
  }

  void wanted(Link link, Verdict.Send verdict) {
    offeredOn = link;
    digestFirst = verdict.knownByDigest();
    upload = verdict.upload();
    missing = verdict.missing();
  }

  /** Parts are to be sent again; all, when the server cannot tell which. */
  void damaged(Set<Integer> parts) {
    List<Range> ranges = new ArrayList<>();
    for (int part = 0; part < Parts.COUNT; part++) {
      boolean named = parts.isEmpty() || parts.contains(part);
      if (named && Parts.length(part, size()) > 0) {
        ranges.add(new Range(Parts.start(part, size()), Parts.end(part, size())));
      }
    }
    missing = List.copyOf(ranges);
  }

  void incomplete(List<Range> ranges) {
    missing = ranges;
  }

  /** The file was read whole and did not change meanwhile. */
  void content(ContentReader.Content content) {
    digest = Optional.of(content.digest());
    partChecksums = content.partChecksums();
    read = true;
  }

  /** True when the whole was read in this run, so that all parts' checksums are known. */
  boolean read() {
    return read;
  }

  /** It is another file now: what was known of its content no longer holds. */
  void changedTo(FileStamp stamp) {
    file =
        new MediaFile(
            file.root(),
            file.path(),
            file.wirePath(),
            stamp,
            file.mediaType(),
            file.kind(),
            Optional.empty());
    digest = Optional.empty();
    missing = List.of();
    offeredOn = null;
    read = false;
    told = false;
  }

  /** True once for each content: its digest is to be told. */
  boolean tellDigest() {
    boolean first = !told;
    told = true;
    return first;
  }

  /** True once. */
  boolean start() {
    boolean first = !started;
    started = true;
    return first;
  }

  /** The server acknowledged bytes of it, or is about to be asked for its receipt. */
  void contributed() {
    contributed = true;
  }

  /** True when a receipt for it comes from this run, even when it comes by a second offer. */
  boolean hasContributed() {
    return contributed;
  }
}
