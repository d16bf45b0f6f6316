package org.acopio.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.acopio.process.ChildJvm;
import org.acopio.remote.Parts;
import org.acopio.remote.Range;
import org.acopio.storage.DyingUpload.Step;
import org.acopio.storage.Storage.Judgement;
import org.acopio.storage.Storage.Placed;
import org.acopio.storage.Storage.Placing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process is killed after each step, and the next one goes on. */
class CrashTest {
  @TempDir Path folder;

  private Path store() {
    return folder.resolve("store");
  }

  private Path log() {
    return folder.resolve("log");
  }

  private void die(Step last) throws Exception {
    Process process =
        ChildJvm.of(DyingUpload.class, store(), log(), last.name())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertTrue(ended, "the process does not end");
    assertEquals(
        DyingUpload.DEAD,
        process.exitValue(),
        () -> "it should have died after " + last + ": " + output());
  }

  private String output() {
    try {
      return Files.readString(folder.resolve("output"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private List<String> said(String what) throws IOException {
    if (!Files.exists(log())) {
      return List.of();
    }
    return Files.readAllLines(log()).stream()
        .filter(line -> line.startsWith(what))
        .map(line -> line.substring(what.length() + 1))
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void nothingAcknowledgedIsLost(Step last) throws Exception {
    die(last);
    Set<Long> committed =
        said("committed").stream()
            .map(Long::valueOf)
            .collect(Collectors.toCollection(HashSet::new));
    List<String> before = names();
    try (Storage storage = open()) {
      storage.repair(asked -> intersection(asked, committed), Optional.empty());
      assertAcknowledgedIsThere(storage, committed.size());
      List<String> stored = complete(storage, committed.size());
      assertEquals(DyingUpload.CONTENTS.size() - committed.size(), stored.size());
    }
    try (Storage storage = open()) {
      assertTrue(storage.repair(asked -> asked, Optional.empty()).nothingToDo());
    }
    List<String> after = names();
    assertEquals(DyingUpload.CONTENTS.size(), after.size(), () -> before + " then " + after);
    for (int file = 0; file < after.size(); file++) {
      assertArrayEquals(
          DyingUpload.CONTENTS.get(file).bytes(),
          Files.readAllBytes(store().resolve(after.get(file))));
    }
  }

  @Test
  void crashBetweenTheIntentAndTheNameCostsNothing() throws Exception {
    die(Step.PLACE);
    String last = names().get(DyingUpload.CONTENTS.size() - 1);
    Files.delete(store().resolve(last));
    int stored = names().size();
    try (Storage storage = open()) {
      RepairReport report =
          storage.repair(asked -> intersection(asked, committed()), Optional.empty());
      assertEquals(1, report.undone(), report::toString);
      assertEquals(stored, names().size());
      complete(storage, said("committed").size());
    }
    assertEquals(DyingUpload.CONTENTS.size(), names().size());
  }

  private Set<Long> committed() {
    try {
      return said("committed").stream().map(Long::valueOf).collect(Collectors.toSet());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Storage open() {
    return new DiskStorage(new StorageSettings(store(), 2, 16, 30));
  }

  private static Set<Long> intersection(Set<Long> asked, Set<Long> known) {
    Set<Long> both = new HashSet<>(asked);
    both.retainAll(known);
    return both;
  }

  private void assertAcknowledgedIsThere(Storage storage, int committed) throws IOException {
    Set<Integer> parts =
        said("acknowledged").stream().map(Integer::valueOf).collect(Collectors.toSet());
    for (int file = committed; file < DyingUpload.CONTENTS.size(); file++) {
      long size = DyingUpload.CONTENTS.get(file).size();
      Optional<Upload> upload = storage.find(DyingUpload.key(file));
      for (int part : parts) {
        if (Parts.length(part, size) > 0) {
          long from = Parts.start(part, size);
          long to = Parts.end(part, size);
          assertTrue(
              upload.orElseThrow().missing().stream()
                  .noneMatch(range -> range.from() < to && from < range.to()),
              () -> "part " + part + " was acknowledged");
        }
      }
    }
  }

  private static List<String> complete(Storage storage, int committed) {
    List<String> stored = new ArrayList<>();
    for (int file = committed; file < DyingUpload.CONTENTS.size(); file++) {
      Content content = DyingUpload.CONTENTS.get(file);
      UploadKey key = DyingUpload.key(file);
      Upload upload = storage.find(key).orElseGet(() -> storage.begin(List.of(key)).get(0));
      for (Range range : upload.missing()) {
        storage.write(List.of(content.piece(upload, range.from(), range.to())));
      }
      assertEquals(
          new Judgement.Complete(content.digest()),
          storage.judge(upload, content.digest(), content.partChecksums()));
      storage.settle(List.of(upload));
      Placed placed = storage.place(List.of(new Placing(upload, "192.0.2.1"))).get(0);
      stored.add(placed.storedAs().orElseThrow());
      storage.done(List.of(upload));
    }
    return stored;
  }

  /** The files outside the working area, by their last name. */
  private List<String> names() throws IOException {
    if (!Files.exists(store())) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(store())) {
      return all.filter(Files::isRegularFile)
          .map(file -> store().relativize(file).toString())
          .filter(name -> !name.startsWith("."))
          .sorted((one, other) -> last(one) - last(other))
          .toList();
    }
  }

  private static int last(String name) {
    return name.charAt(name.length() - 1);
  }
}
