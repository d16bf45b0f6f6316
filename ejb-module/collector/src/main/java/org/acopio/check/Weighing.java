package org.acopio.check;

import static org.acopio.check.Finding.Kind.DAMAGED;
import static org.acopio.check.Finding.Kind.MARKED;
import static org.acopio.check.Finding.Kind.MISSING;
import static org.acopio.check.Finding.Kind.UNREADABLE;
import static org.acopio.check.Finding.Kind.WRONG_ROW;
import static org.acopio.check.Finding.Kind.WRONG_TIME;

import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.acopio.catalog.CheckedFile;
import org.acopio.catalog.FileChecks;
import org.acopio.check.Suspect.Trouble;
import org.acopio.remote.Sha256;
import org.acopio.storage.Inspection;
import org.acopio.storage.Inspection.Content;
import org.acopio.storage.Inspection.Pace;
import org.acopio.storage.StorageException;

/** Tells what is wrong with suspect rows: the row, the file, or nothing. */
final class Weighing {
  private static final int AT_ONCE = 1_000;

  private final FileChecks checks;
  private final Inspection inspection;
  private final Pace pace;
  private final List<Weighed> weighed = new ArrayList<>();
  private final Set<Long> contentsSeen = new HashSet<>();

  Weighing(FileChecks checks, Inspection inspection, Pace pace) {
    this.checks = checks;
    this.inspection = inspection;
    this.pace = pace;
  }

  /** A finding about a row. */
  record Weighed(Finding finding, Suspect suspect) {
    /** Whether the bytes of the row are lost. */
    boolean isLoss() {
      return finding.kind().isLoss() && suspect.isLoss();
    }
  }

  List<Weighed> weigh(List<Suspect> suspects) throws InterruptedIOException {
    for (int from = 0; from < suspects.size(); from += AT_ONCE) {
      some(suspects.subList(from, Math.min(suspects.size(), from + AT_ONCE)));
    }
    return weighed;
  }

  private void some(List<Suspect> suspects) throws InterruptedIOException {
    Set<String> named = new LinkedHashSet<>();
    for (Suspect one : suspects) {
      if (one.trouble() == Trouble.SIZE || one.trouble() == Trouble.CONTENT) {
        named.add(one.row().storedAs());
      }
    }
    Map<String, List<CheckedFile>> byName = new HashMap<>();
    checks
        .named(named)
        .forEach(row -> byName.computeIfAbsent(row.storedAs(), n -> new ArrayList<>()).add(row));
    for (Suspect one : suspects) {
      weigh(one, byName.getOrDefault(one.row().storedAs(), List.of()));
    }
  }

  private void weigh(Suspect one, List<CheckedFile> sameName) throws InterruptedIOException {
    try {
      switch (one.trouble()) {
        case KEY -> add(WRONG_ROW, one);
        case ABSENT -> add(MISSING, one);
        case UNREADABLE -> add(UNREADABLE, one);
        case SIZE -> content(one.with(Trouble.SIZE, read(one.row())), sameName);
        case CONTENT -> content(one, sameName);
        case SHARED -> shared(one);
        case TIME -> time(one);
        case MARKED -> marked(one);
      }
    } catch (StorageException e) {
      add(UNREADABLE, Suspect.unreadable(one.row(), one.look(), e));
    }
  }

  /** A file that has been read, and is not what its row says. */
  private void content(Suspect one, List<CheckedFile> sameName) throws InterruptedIOException {
    if (!contentsSeen.add(one.row().number())) {
      return;
    }
    Content found = one.content().orElseThrow();
    if (found.digest().equals(one.row().digest())) {
      add(WRONG_ROW, one);
    } else if (sameName.stream().anyMatch(row -> row.digest().equals(found.digest()))) {
      // Its file had gone, and a later one got the name.
      add(
          MISSING,
          Suspect.of(one.row(), Trouble.ABSENT, one.look(), "its name belongs to a later file"));
    } else if (provenByAnother(one, found.digest())) {
      add(WRONG_ROW, one);
    } else {
      add(DAMAGED, one);
    }
  }

  /** Files share bytes only when these are equal, so what proves the other proves this one too. */
  private boolean provenByAnother(Suspect one, Sha256 digest) {
    return one.look().links() > 1
        && checks.withDigest(List.of(digest)).stream()
            .map(row -> inspection.look(row.storedAs()))
            .anyMatch(look -> look.isFile() && look.bytes().equals(one.look().bytes()));
  }

  private void shared(Suspect one) throws InterruptedIOException {
    Content found = read(one.row());
    List<CheckedFile> involved = new ArrayList<>(checks.withDigest(List.of(one.other())));
    involved.removeIf(row -> !inspection.look(row.storedAs()).bytes().equals(one.look().bytes()));
    involved.add(one.row());
    for (CheckedFile row : involved) {
      if (!row.digest().equals(found.digest())) {
        Suspect wrong =
            new Suspect(
                row,
                Trouble.CONTENT,
                inspection.look(row.storedAs()),
                java.util.Optional.of(found),
                row.digest(),
                "its bytes have the SHA-256 %s, not %s".formatted(found.digest(), row.digest()));
        content(wrong, List.of());
      }
    }
  }

  /** Shared bytes have one time of change: that of the first file that had them. */
  private void time(Suspect one) {
    boolean shared =
        checks.withDigest(List.of(one.row().digest())).stream()
            .anyMatch(row -> RowPass.sameTime(row.modified(), one.look().modified()));
    if (!shared) {
      add(WRONG_TIME, one);
    }
  }

  private void marked(Suspect one) throws InterruptedIOException {
    Content found = read(one.row());
    if (found.digest().equals(one.row().digest())) {
      add(MARKED, one);
    } else if (contentsSeen.add(one.row().number())) {
      add(DAMAGED, one.with(Trouble.CONTENT, found));
    }
  }

  private Content read(CheckedFile row) throws InterruptedIOException {
    return inspection.content(row.storedAs(), pace);
  }

  private void add(Finding.Kind kind, Suspect suspect) {
    weighed.add(
        new Weighed(
            Finding.of(kind, suspect.row().number(), suspect.row().storedAs(), suspect.why()),
            suspect));
  }
}
