package org.acopio.client.send;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.acopio.client.scan.FileStamp;
import org.acopio.client.scan.MediaFile;
import org.acopio.media.MediaKind;
import org.acopio.remote.FileCollector;
import org.acopio.remote.FilePath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder with files, a server, and a look at what a run leaves behind. */
abstract class SenderFixture {
  static final byte[] KEY = new byte[32];

  /** Of a PC that is enrolled nowhere. */
  static final Identities NOWHERE = Identities.in(Path.of("no", "journal"));

  @TempDir Path folder;

  final Recorder heard = new Recorder();
  final List<AutoCloseable> toClose = new ArrayList<>();

  @AfterEach
  void nothingIsLeftBehind() throws Exception {
    for (AutoCloseable each : toClose) {
      each.close();
    }
    assertEquals(List.of(), List.copyOf(heard.twice));
    List<String> threads =
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .filter(name -> name.startsWith("acopio-"))
            .toList();
    assertEquals(List.of(), threads);
    assertEquals(0, Dialer.install().sockets());
  }

  FakeCollector collector(FakeCollector.Limits limits) {
    return new FakeCollector(limits, (path, size) -> FakeContent.held(size));
  }

  FakeServer serve(FakeCollector collector) throws IOException {
    FakeServer server = FakeServer.start(Map.of(FileCollector.NAME, collector));
    toClose.add(server);
    return server;
  }

  static Sender.Options options() {
    return new Sender.Options(KEY, "0-test", "here", NOWHERE, 8, Duration.ofSeconds(10), true);
  }

  SendSummary send(FakeServer server, List<MediaFile> files) throws SendException {
    try (Sender sender = new Sender(server.address(), options(), heard, Duration.ofMillis(5))) {
      return sender.send(files);
    }
  }

  MediaFile file(String name, byte[] content) throws IOException {
    return found(Files.write(folder.resolve(name), content));
  }

  MediaFile file(String name, int size, long seed) throws IOException {
    return file(name, random(size, seed));
  }

  static byte[] random(int size, long seed) {
    byte[] content = new byte[size];
    new Random(seed).nextBytes(content);
    return content;
  }

  /** A file as a scan would find it. */
  static MediaFile found(Path path) throws IOException {
    return new MediaFile(
        path,
        path,
        path.toString().getBytes(StandardCharsets.UTF_8),
        FileStamp.of(path),
        "image/jpeg",
        MediaKind.IMAGE,
        Optional.empty());
  }

  static MediaFile knowing(MediaFile file, byte[] content) {
    return new MediaFile(
        file.root(),
        file.path(),
        file.wirePath(),
        file.stamp(),
        file.mediaType(),
        file.kind(),
        Optional.of(FakeCollector.sha256(content).bytes()));
  }

  static FilePath wire(MediaFile file) {
    return FilePath.of(file.wirePath());
  }

  /** Every file is in the store as it is on disk, and no rule was broken on the way. */
  void assertStored(FakeCollector collector, List<MediaFile> files) throws IOException {
    assertEquals(List.of(), List.copyOf(collector.violations));
    for (MediaFile file : files) {
      byte[] content = Files.readAllBytes(file.path());
      assertEquals(FileResult.Outcome.STORED, outcome(file), () -> heard.results.toString());
      assertArrayEquals(content, collector.content(wire(file)).orElseThrow());
      assertEquals(FakeCollector.sha256(content), heard.digests.get(file.path()));
    }
    assertTrue(collector.versions(wire(files.get(0))) > 0);
  }

  FileResult.Outcome outcome(MediaFile file) {
    return result(file).outcome();
  }

  FileTrouble trouble(MediaFile file) {
    return result(file).trouble().orElseThrow();
  }

  FileResult result(MediaFile file) {
    return Optional.ofNullable(heard.results.get(file.path())).orElseThrow();
  }
}
