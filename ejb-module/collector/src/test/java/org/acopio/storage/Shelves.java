package org.acopio.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.acopio.storage.Storage.Judgement;
import org.acopio.storage.Storage.Placed;
import org.acopio.storage.Storage.Placing;

/** A store on a disk that fails when it is told to, and the way of files into it. */
final class Shelves implements AutoCloseable {
  static final String ADDRESS = "192.0.2.17";
  static final Instant NOW = Instant.parse("2026-11-21T09:30:05Z");

  final FailingDisk disk = new FailingDisk();
  final Path folder;
  DiskStorage storage;

  Shelves(Path folder) {
    this.folder = folder;
    storage = open();
  }

  private DiskStorage open() {
    DiskStorage opened =
        new DiskStorage(
            new StorageSettings(folder, 2, 16, 0), Clock.fixed(NOW, ZoneOffset.UTC), disk);
    opened.repair(numbers -> Set.of(), Optional.empty());
    return opened;
  }

  void restart() {
    storage.close();
    storage = open();
  }

  Path path(String storedAs) {
    return folder.resolve(storedAs);
  }

  Path partial(Upload upload) {
    return folder.resolve(".partial").resolve("%016x".formatted(upload.number()));
  }

  Upload begin(Content content, String path) {
    return storage.begin(List.of(content.at(path))).get(0);
  }

  Optional<StorageException> write(Upload upload, Content content, int from, int to) {
    return storage.write(List.of(content.piece(upload, from, to))).get(0);
  }

  Upload sent(Content content, String path) {
    Upload upload = begin(content, path);
    assertEquals(Optional.empty(), write(upload, content, 0, content.size()));
    return upload;
  }

  Upload complete(Content content, String path) {
    Upload upload = sent(content, path);
    assertInstanceOf(
        Judgement.Complete.class, storage.judge(upload, content.digest(), content.partChecksums()));
    return upload;
  }

  Placed place(Upload upload) {
    return storage.place(List.of(new Placing(upload, ADDRESS))).get(0);
  }

  /** Stores a file and returns its name. */
  String store(Content content, String path) {
    Upload upload = complete(content, path);
    storage.settle(List.of(upload));
    String name = place(upload).storedAs().orElseThrow();
    storage.done(List.of(upload));
    return name;
  }

  @Override
  public void close() {
    disk.heal();
    storage.close();
  }
}
