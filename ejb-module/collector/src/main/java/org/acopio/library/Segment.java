package org.acopio.library;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.acopio.catalog.FileFacts;
import org.acopio.media.MediaKind;
import org.acopio.remote.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of up to {@value #SIZE} files, a column each, without an object for each. Never
 * changes. Bytes of text are UTF-8, folded.
 */
final class Segment {
  static final int SHIFT = 12;
  static final int SIZE = 1 << SHIFT;

  /** A text longer than this many bytes is kept from its end, where the name is. */
  static final int MAX_TEXT = 4_096;

  /** In place of the number of a kind, for what is none. */
  static final byte NO_KIND = -1;

  private static final int FIXED_BYTES = 8 * Column.COUNT + Sha256.LENGTH + 1 + 4 + 4;

  private final int count;
  private final long[][] columns;
  private final byte[] kinds;
  private final byte[] digests;
  private final byte[] text;
  private final int[] ends;
  private final int[] names;
  private final BitSet outdated;

  /** The files of {@code before}, which has room for them, and these. */
  Segment(@Nullable Segment before, List<FileFacts> files) {
    int first = before == null ? 0 : before.count;
    count = first + files.size();
    columns = new long[Column.COUNT][];
    for (Column column : Column.values()) {
      columns[column.ordinal()] = new long[count];
    }
    kinds = new byte[count];
    digests = new byte[count * Sha256.LENGTH];
    ends = new int[count];
    names = new int[count];
    outdated = before == null ? new BitSet() : before.outdated;
    byte[][] texts = new byte[files.size()][];
    int length = before == null ? 0 : before.text.length;
    for (int i = 0; i < texts.length; i++) {
      texts[i] = folded(files.get(i));
      length += texts[i].length;
    }
    text = new byte[length];
    if (before != null) {
      copy(before);
    }
    for (int i = 0; i < texts.length; i++) {
      put(first + i, files.get(i), texts[i]);
    }
  }

  private Segment(Segment same, BitSet outdated) {
    count = same.count;
    columns = same.columns;
    kinds = same.kinds;
    digests = same.digests;
    text = same.text;
    ends = same.ends;
    names = same.names;
    this.outdated = outdated;
  }

  private void copy(Segment before) {
    for (int column = 0; column < Column.COUNT; column++) {
      System.arraycopy(before.columns[column], 0, columns[column], 0, before.count);
    }
    System.arraycopy(before.kinds, 0, kinds, 0, before.count);
    System.arraycopy(before.digests, 0, digests, 0, before.digests.length);
    System.arraycopy(before.ends, 0, ends, 0, before.count);
    System.arraycopy(before.names, 0, names, 0, before.count);
    System.arraycopy(before.text, 0, text, 0, before.text.length);
  }

  private void put(int i, FileFacts file, byte[] folded) {
    for (Column column : Column.values()) {
      columns[column.ordinal()][i] = column.of.applyAsLong(file);
    }
    kinds[i] = MediaKind.of(file.mediaType()).map(kind -> (byte) kind.ordinal()).orElse(NO_KIND);
    System.arraycopy(file.digest().bytes(), 0, digests, i * Sha256.LENGTH, Sha256.LENGTH);
    int start = start(i);
    System.arraycopy(folded, 0, text, start, folded.length);
    ends[i] = start + folded.length;
    int name = ends[i];
    while (name > start && text[name - 1] != '/') {
      name--;
    }
    names[i] = name;
  }

  private static byte[] folded(FileFacts file) {
    byte[] folded = FoldedText.of(file.path().toString());
    return folded.length <= MAX_TEXT
        ? folded
        : Arrays.copyOfRange(folded, folded.length - MAX_TEXT, folded.length);
  }

  /** The same, but these are no longer the newest of their path. */
  Segment withOutdated(BitSet more) {
    BitSet all = (BitSet) outdated.clone();
    all.or(more);
    return new Segment(this, all);
  }

  int count() {
    return count;
  }

  /** About how much memory this takes. */
  long bytes() {
    return (long) count * FIXED_BYTES + text.length;
  }

  long value(Column column, int i) {
    return columns[column.ordinal()][i];
  }

  /** The ordinal of its {@link MediaKind}, or {@link #NO_KIND}. */
  byte kind(int i) {
    return kinds[i];
  }

  boolean isOutdated(int i) {
    return outdated.get(i);
  }

  byte[] text() {
    return text;
  }

  int start(int i) {
    return i == 0 ? 0 : ends[i - 1];
  }

  int name(int i) {
    return names[i];
  }

  int end(int i) {
    return ends[i];
  }

  int compareDigest(int i, Segment other, int j) {
    return Arrays.compareUnsigned(
        digests,
        i * Sha256.LENGTH,
        (i + 1) * Sha256.LENGTH,
        other.digests,
        j * Sha256.LENGTH,
        (j + 1) * Sha256.LENGTH);
  }

  /** Whether the digest begins with these digits, of which there is a value 0 to 15 each. */
  boolean digestBegins(int i, byte[] digits) {
    int at = i * Sha256.LENGTH;
    for (int d = 0; d < digits.length; d++) {
      int pair = digests[at + d / 2] & 0xFF;
      if ((d % 2 == 0 ? pair >> 4 : pair & 0xF) != digits[d]) {
        return false;
      }
    }
    return true;
  }

  boolean contains(int i, byte[] word) {
    byte first = word[0];
    int last = ends[i] - word.length;
    for (int at = start(i); at <= last; at++) {
      if (text[at] == first && isAt(at, word)) {
        return true;
      }
    }
    return false;
  }

  private boolean isAt(int at, byte[] word) {
    for (int k = 1; k < word.length; k++) {
      if (text[at + k] != word[k]) {
        return false;
      }
    }
    return true;
  }
}
