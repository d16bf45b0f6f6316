package org.acopio.check;

import static org.acopio.check.Finding.Kind.LEFT_BY_CRASH;
import static org.acopio.check.Finding.Kind.LINKED_OUTSIDE;
import static org.acopio.check.Finding.Kind.ORPHAN;
import static org.acopio.check.Finding.Kind.STRANGE;
import static org.acopio.check.Finding.Kind.STRAY;
import static org.acopio.check.Finding.Kind.UNREADABLE;
import static org.acopio.check.Finding.Kind.UPLOAD_LOST;

import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.acopio.catalog.FileChecks;
import org.acopio.storage.Inspection;
import org.acopio.storage.Inspection.Pace;
import org.acopio.storage.Inspection.Seen;
import org.acopio.storage.Inspection.State;
import org.acopio.storage.StorageException;
import org.acopio.storage.Upload;

/** Finds what lies in the store and should not, while files may come in. */
final class StorePass {
  private static final int AT_ONCE = 1_000;

  /** So often names are counted again before links that nobody accounts for are believed. */
  private static final int COUNTS = 3;

  private final FileChecks checks;
  private final Inspection inspection;
  private final RowPass rows;
  private final Pace pace;
  private final List<InStore> found = new ArrayList<>();

  StorePass(FileChecks checks, Inspection inspection, RowPass rows, Pace pace) {
    this.checks = checks;
    this.inspection = inspection;
    this.rows = rows;
    this.pace = pace;
  }

  /** A finding about something in the store, or about an upload. */
  record InStore(Finding finding, Optional<Seen> seen, Optional<Upload> upload) {
    static InStore of(Finding.Kind kind, Seen seen, String detail) {
      return new InStore(
          Finding.of(kind, 0, seen.storedAs(), detail), Optional.of(seen), Optional.empty());
    }
  }

  /** A name of bytes that have several. */
  private static final class Shared {
    private final Seen seen;
    private int names;

    Shared(Seen seen) {
      this.seen = seen;
    }

    boolean allKnown(Map<Object, Integer> elsewhere) {
      return names + elsewhere.getOrDefault(seen.look().bytes(), 0) >= seen.look().links();
    }
  }

  List<InStore> run() throws InterruptedIOException {
    List<Seen> candidates = new ArrayList<>();
    Map<Object, Shared> shared = new HashMap<>();
    inspection.walk(
        seen -> {
          pace.read(0);
          if (seen.look().isFile()) {
            count(seen, shared);
            if (!rows.knows(seen.storedAs())) {
              candidates.add(seen);
            }
          } else if (seen.look().state() == State.STRANGE) {
            found.add(InStore.of(STRANGE, seen, seen.look().why()));
          } else if (seen.look().state() == State.UNREADABLE && !rows.knows(seen.storedAs())) {
            found.add(InStore.of(UNREADABLE, seen, seen.look().why()));
          }
        });
    orphans(candidates);
    links(shared);
    workingArea();
    return found;
  }

  private static void count(Seen seen, Map<Object, Shared> shared) {
    if (seen.look().links() > 1) {
      shared.computeIfAbsent(seen.look().bytes(), key -> new Shared(seen)).names++;
    }
  }

  /** Asked in this order, a file that is committed meanwhile is either awaited or has its row. */
  private void orphans(List<Seen> candidates) throws InterruptedIOException {
    Set<String> awaiting = inspection.awaitingCommit();
    for (int from = 0; from < candidates.size(); from += AT_ONCE) {
      List<Seen> some = candidates.subList(from, Math.min(candidates.size(), from + AT_ONCE));
      Set<String> known = new HashSet<>();
      checks
          .named(some.stream().map(Seen::storedAs).toList())
          .forEach(r -> known.add(r.storedAs()));
      for (Seen seen : some) {
        pace.read(0);
        if (!known.contains(seen.storedAs())
            && !awaiting.contains(seen.storedAs())
            && inspection.look(seen.storedAs()).state() != State.ABSENT) {
          found.add(
              InStore.of(
                  ORPHAN, seen, "no row is about it; it has " + seen.look().size() + " bytes"));
        }
      }
    }
  }

  /**
   * Bytes with more names than are known. Names come and go while files are collected, so that what
   * looks so is counted again.
   */
  private void links(Map<Object, Shared> first) throws InterruptedIOException {
    Map<Object, Shared> shared = first;
    for (int count = 1; !shared.isEmpty(); count++) {
      Map<Object, Integer> elsewhere = inspection.namesElsewhere();
      shared.values().removeIf(one -> one.allKnown(elsewhere));
      if (shared.isEmpty() || count == COUNTS) {
        break;
      }
      Map<Object, Shared> again = new HashMap<>();
      Set<Object> doubtful = shared.keySet();
      inspection.walk(
          seen -> {
            pace.read(0);
            if (seen.look().isFile() && doubtful.contains(seen.look().bytes())) {
              count(seen, again);
            }
          });
      shared = again;
    }
    for (Shared one : shared.values()) {
      found.add(
          InStore.of(
              LINKED_OUTSIDE,
              one.seen,
              "its bytes have %d names, and %d of them are in the store"
                  .formatted(one.seen.look().links(), one.names)));
    }
  }

  private void workingArea() {
    try {
      for (Seen stray : inspection.strays()) {
        found.add(InStore.of(STRAY, stray, "it belongs to no upload"));
      }
    } catch (StorageException e) {
      String why = String.valueOf(e.getMessage());
      found.add(
          new InStore(
              Finding.of(UNREADABLE, 0, ".partial", why), Optional.empty(), Optional.empty()));
    }
    for (Upload upload : inspection.lostUploads()) {
      found.add(
          new InStore(
              Finding.of(UPLOAD_LOST, 0, "", upload + " was acknowledged in part and has no file"),
              Optional.empty(),
              Optional.of(upload)));
    }
  }

  /** Files that were to be committed when a server was killed; for a store that no server uses. */
  List<Finding> leftByCrash() {
    return inspection.awaitingCommit().stream()
        .sorted()
        .map(name -> Finding.of(LEFT_BY_CRASH, 0, name, "it waits for its commit"))
        .toList();
  }
}
