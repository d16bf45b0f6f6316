package org.acopio.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The promises of {@link DiskStorage}, on whatever file system. */
abstract class DiskStorageContract extends StorageContract {
  int partialDays = 30;

  /** An empty folder of this test. */
  abstract Path folder();

  final Path store() {
    return folder().resolve("store");
  }

  final Path partial() {
    return store().resolve(".partial");
  }

  final Path partial(Upload upload) {
    return partial().resolve(String.format("%016x", upload.number()));
  }

  @Override
  Storage open() {
    return new DiskStorage(new StorageSettings(store(), 2, 16, partialDays), clock);
  }

  @AfterEach
  final void nothingIsOutsideTheStore() throws IOException {
    try (Stream<Path> all = Files.list(folder())) {
      assertEquals(1, all.count(), "names beside the store");
    }
  }

  @Test
  void zeroDaysKeepUploadsForEver() {
    Content content = Content.of(100, 1);
    Upload upload = begin(content, "/x.jpg");
    send(upload, content, 0, 50);
    partialDays = 0;
    assertEquals(new RepairReport(1, 50, 0, 0, 0, 0, 0, 0), restartInDays(10_000));
  }

  @Override
  void flip(Upload upload, long offset) {
    change(
        upload,
        channel -> {
          ByteBuffer one = ByteBuffer.allocate(1);
          channel.read(one, offset);
          one.put(0, (byte) (one.get(0) ^ 0x55)).rewind();
          channel.write(one, offset);
        });
  }

  @Override
  void truncate(Upload upload, long size) {
    change(upload, channel -> channel.truncate(size));
  }

  @Override
  void zero(Upload upload, long from, long to) {
    change(upload, channel -> channel.write(ByteBuffer.allocate((int) (to - from)), from));
  }

  private interface Change {
    void to(FileChannel channel) throws IOException;
  }

  private void change(Upload upload, Change change) {
    try (FileChannel channel =
        FileChannel.open(partial(upload), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      change.to(channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  void delete(String storedAs) {
    try {
      Files.delete(store().resolve(storedAs));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  boolean oneSpace(String storedAs, String other) {
    try {
      return Files.isSameFile(store().resolve(storedAs), store().resolve(other));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  Instant modified(String storedAs) {
    try {
      return Files.getLastModifiedTime(store().resolve(storedAs), LinkOption.NOFOLLOW_LINKS)
          .toInstant();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  Set<String> workingArea() {
    try (Stream<Path> files = Files.list(partial())) {
      Set<String> names = new TreeSet<>();
      files.map(file -> file.getFileName().toString()).forEach(names::add);
      names.remove("journal");
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
