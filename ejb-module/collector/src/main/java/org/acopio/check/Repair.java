package org.acopio.check;

import static org.acopio.check.Finding.Kind.DAMAGED;
import static org.acopio.check.Finding.Kind.MISSING;
import static org.acopio.check.Finding.Kind.ORPHAN;
import static org.acopio.check.Finding.Kind.UNREADABLE;
import static org.acopio.check.Finding.Outcome.LEFT;
import static org.acopio.check.Finding.Outcome.MENDED;

import java.io.InterruptedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.acopio.catalog.CheckedFile;
import org.acopio.catalog.FileChecks;
import org.acopio.check.StorePass.InStore;
import org.acopio.check.Weighing.Weighed;
import org.acopio.remote.Sha256;
import org.acopio.storage.Inspection;
import org.acopio.storage.Inspection.Content;
import org.acopio.storage.Inspection.Look;
import org.acopio.storage.Inspection.Pace;
import org.acopio.storage.Inspection.Seen;
import org.acopio.storage.Mending;
import org.acopio.storage.StorageException;

/**
 * Mends what was found, without destroying a byte: what is wrong is set aside, what is lost is
 * restored from an intact copy that the store has, and else marked, so that its agent sends it
 * again.
 */
final class Repair {
  private final FileChecks checks;
  private final Inspection inspection;
  private final Mending mending;
  private final Pace pace;
  private final Marks marks;
  private final List<Finding> mended = new ArrayList<>();

  /** What was read of bytes that may serve as a copy. */
  private final Map<Object, Optional<Sha256>> contents = new HashMap<>();

  /** Files that no row is about, and the row that got their content. */
  private final Map<InStore, String> adopted = new HashMap<>();

  Repair(FileChecks checks, Inspection inspection, Mending mending, Pace pace, Clock clock) {
    this.checks = checks;
    this.inspection = inspection;
    this.mending = mending;
    this.pace = pace;
    this.marks = new Marks(checks, clock);
  }

  /** The findings with what was done about each. */
  List<Finding> mend(List<Weighed> rows, List<InStore> others) throws InterruptedIOException {
    List<InStore> orphans = new ArrayList<>();
    for (InStore other : others) {
      if (other.finding().kind() == ORPHAN) {
        orphans.add(other);
      } else {
        mended.add(attempt(other.finding(), () -> other(other)));
      }
    }
    List<Weighed> lost = new ArrayList<>();
    for (Weighed one : rows) {
      if (one.finding().kind().isLoss()) {
        lost.add(one);
      } else {
        mended.add(attempt(one.finding(), () -> row(one)));
      }
    }
    restore(lost, orphans);
    boolean anyRows = !checks.after(0, 1).isEmpty();
    for (InStore orphan : orphans) {
      if (!anyRows) {
        mended.add(
            orphan
                .finding()
                .with(LEFT, "the catalog has no file at all: see whether it is the right one"));
        continue;
      }
      mended.add(attempt(orphan.finding(), () -> orphan(orphan)));
    }
    return mended;
  }

  private interface Work {
    Finding done() throws InterruptedIOException;
  }

  /** What the disk does not let be done is left, with the reason. */
  private static Finding attempt(Finding finding, Work work) throws InterruptedIOException {
    try {
      return work.done();
    } catch (StorageException e) {
      return finding.with(LEFT, String.valueOf(e.getMessage()));
    }
  }

  private Finding other(InStore other) {
    Finding finding = other.finding();
    switch (finding.kind()) {
      case STRANGE, STRAY -> {
        return aside(finding, other.seen().orElseThrow());
      }
      case UPLOAD_LOST -> {
        mending.giveUp(other.upload().orElseThrow());
        return finding.with(MENDED, "forgotten; the agent sends it again");
      }
      default -> {
        return finding;
      }
    }
  }

  private Finding aside(Finding finding, Seen seen) {
    return finding.with(MENDED, "set aside as " + mending.setAside(seen));
  }

  private Finding row(Weighed one) {
    Finding finding = one.finding();
    CheckedFile row = one.suspect().row();
    switch (finding.kind()) {
      case MARKED -> {
        checks.unmark(List.of(row.number()));
        return finding.with(MENDED, "it is intact; the mark is gone");
      }
      case WRONG_TIME -> {
        mending.setModified(row.storedAs(), row.modified());
        return finding.with(MENDED, "the file has the time of its row");
      }
      default -> {
        correct(one.suspect());
        return finding.with(MENDED, "the row is corrected");
      }
    }
  }

  private void correct(Suspect suspect) {
    CheckedFile row = suspect.row();
    switch (suspect.trouble()) {
      case KEY -> checks.correctKey(row);
      case SIZE -> checks.correctSize(row.number(), suspect.content().orElseThrow().size());
      default -> checks.correctDigest(row.number(), suspect.content().orElseThrow().digest());
    }
  }

  // -------------------------------------------------------------------- lost

  private void restore(List<Weighed> lost, List<InStore> orphans) throws InterruptedIOException {
    Set<Long> numbers = new HashSet<>();
    lost.forEach(one -> numbers.add(one.finding().file()));
    List<Weighed> free = new ArrayList<>();
    Map<Weighed, String> where = new HashMap<>();
    for (Weighed one : lost) {
      try {
        // Wrong bytes leave their name before a copy comes.
        if (one.finding().kind() != MISSING && one.suspect().look().isFile()) {
          where.put(one, mending.setAside(one.finding().storedAs()));
        }
        free.add(one);
      } catch (StorageException e) {
        boolean gone = !inspection.look(one.finding().storedAs()).isFile();
        if (gone && one.finding().kind() == DAMAGED) {
          // Another row of the same name had it set aside.
          free.add(one);
        } else {
          marks.add(one.finding());
          mended.add(one.finding().with(LEFT, String.valueOf(e.getMessage())));
        }
      }
    }
    for (Weighed one : free) {
      String aside = where.containsKey(one) ? "set aside as " + where.get(one) + "; " : "";
      mended.add(attempt(one.finding(), () -> restore(one, numbers, orphans, aside)));
    }
    marks.write();
  }

  private Finding restore(Weighed one, Set<Long> lost, List<InStore> orphans, String aside)
      throws InterruptedIOException {
    CheckedFile row = one.suspect().row();
    if (one.finding().kind() == UNREADABLE && !one.suspect().look().isFile()) {
      return one.finding();
    }
    Optional<Seen> copy = copy(row, lost).or(() -> adoptable(row, orphans));
    if (copy.isEmpty()) {
      return marks.add(one.finding()).with(Finding.Outcome.MARKED, aside + Marks.WHAT);
    }
    String name = mending.restore(copy.get(), nameFor(one, copy.get()), row.digest());
    if (!name.equals(row.storedAs())) {
      checks.correctName(row.number(), name);
    }
    checks.unmark(List.of(row.number()));
    lost.remove(row.number());
    return one.finding()
        .with(MENDED, aside + "restored as " + name + " from " + copy.get().storedAs());
  }

  /** The name of the row; where that is none that the store can have, one beside the copy. */
  private static String nameFor(Weighed one, Seen copy) {
    return one.suspect().look().state() == Inspection.State.IMPOSSIBLE
        ? copy.storedAs()
        : one.suspect().row().storedAs();
  }

  /** An intact file with this content, of whatever row. */
  private Optional<Seen> copy(CheckedFile row, Set<Long> lost) throws InterruptedIOException {
    for (CheckedFile other : checks.withDigest(List.of(row.digest()))) {
      if (lost.contains(other.number())) {
        continue;
      }
      Optional<Seen> seen = inspection.see(other.storedAs());
      if (seen.isPresent() && holds(seen.get(), row.digest())) {
        return seen;
      }
    }
    return Optional.empty();
  }

  /** A file without a row that has this content: somebody moved it, or its row has a wrong name. */
  private Optional<Seen> adoptable(CheckedFile row, List<InStore> orphans) {
    for (InStore orphan : orphans) {
      Seen seen = orphan.seen().orElseThrow();
      if (seen.look().size() == row.size() && holdsQuietly(seen, row.digest())) {
        adopted.put(orphan, row.storedAs());
        return Optional.of(seen);
      }
    }
    return Optional.empty();
  }

  private boolean holdsQuietly(Seen seen, Sha256 digest) {
    try {
      return holds(seen, digest);
    } catch (InterruptedIOException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean holds(Seen seen, Sha256 digest) throws InterruptedIOException {
    Look look = seen.look();
    Optional<Sha256> known = contents.get(look.bytes());
    if (known == null) {
      try {
        Content content = inspection.content(seen, pace);
        known = Optional.of(content.digest());
      } catch (StorageException e) {
        known = Optional.empty();
      }
      contents.put(look.bytes(), known);
    }
    return known.filter(digest::equals).isPresent();
  }

  private Finding orphan(InStore orphan) {
    Finding aside = aside(orphan.finding(), orphan.seen().orElseThrow());
    String row = adopted.get(orphan);
    return row == null
        ? aside
        : aside.with(MENDED, "its content is " + row + " again; " + aside.remedy());
  }
}
