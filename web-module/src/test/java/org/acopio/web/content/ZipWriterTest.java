package org.acopio.web.content;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.acopio.remote.FilePath;
import org.acopio.remote.Receipt;
import org.acopio.remote.Sha256;
import org.acopio.remote.StoredFile;
import org.acopio.storage.Storage;
import org.acopio.storage.StorageException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipWriterTest {
  @TempDir Path folder;
  private Storage storage;
  private final List<StoredFile> files = new ArrayList<>();
  private final List<String> opened = new ArrayList<>();

  /** A store of which nothing but reading is used. */
  @BeforeEach
  void open() {
    storage =
        (Storage)
            Proxy.newProxyInstance(
                Storage.class.getClassLoader(),
                new Class<?>[] {Storage.class},
                (proxy, method, arguments) -> {
                  Path file = folder.resolve(((String) arguments[0]).replace('/', '_'));
                  if (!method.getName().equals("open")
                      || !Files.exists(file)
                      || Files.size(file) != (long) arguments[1]) {
                    throw new StorageException(StorageException.Reason.FAILED, "not there");
                  }
                  opened.add((String) arguments[0]);
                  return Files.newByteChannel(file);
                });
  }

  private Path add(String path, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    String storedAs = "192.0.2.7/" + files.size();
    MessageDigest digest = Sha256.start();
    digest.update(bytes);
    files.add(
        new StoredFile(
            FilePath.of(path),
            Instant.parse("1969-07-20T20:17:40Z"),
            "image/jpeg",
            new Receipt(
                files.size(), Sha256.finish(digest), bytes.length, 1, storedAs, Instant.EPOCH)));
    return Files.write(folder.resolve(storedAs.replace('/', '_')), bytes);
  }

  private byte[] zip(List<String> missing) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ZipWriter(storage).write(files, missing, out);
    return out.toByteArray();
  }

  private static Map<String, String> unpacked(byte[] zip) throws IOException {
    Map<String, String> entries = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return entries;
  }

  @Test
  void everyFileIsInIt() throws IOException {
    add("/home/rosa/niño.jpg", "uno");
    add("C:\\fotos\\..\\<b>.jpg", "dos");
    add("/home/rosa/niño.jpg", "x".repeat(200_000));
    byte[] zip = zip(List.of());
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("192.0.2.7/home/rosa/niño.jpg", "uno");
    expected.put("192.0.2.7/C/fotos/_b_.jpg", "dos");
    expected.put("192.0.2.7/home/rosa/niño (2).jpg", "x".repeat(200_000));
    assertEquals(expected, unpacked(zip));
    Path file = Files.write(folder.resolve("all.zip"), zip);
    try (ZipFile read = new ZipFile(file.toFile())) {
      assertEquals(3, read.size());
      byte[] first =
          read.getInputStream(read.getEntry("192.0.2.7/home/rosa/niño.jpg")).readAllBytes();
      assertArrayEquals("uno".getBytes(StandardCharsets.UTF_8), first);
    }
  }

  @Test
  void whatIsMissingOrDamagedIsNamed() throws IOException {
    add("/a/good.jpg", "uno");
    Path damaged = add("/a/damaged.jpg", "dos");
    Path shorter = add("/a/shorter.jpg", "tres");
    Path gone = add("/a/gone.jpg", "cuatro");
    Files.writeString(damaged, "DOS");
    Files.writeString(shorter, "");
    Files.delete(gone);
    Map<String, String> entries = unpacked(zip(List.of("77: there is no such file")));
    assertEquals("uno", entries.get("192.0.2.7/a/good.jpg"));
    String problems = entries.get(ZipWriter.PROBLEMS);
    for (String name : List.of("damaged.jpg", "shorter.jpg", "gone.jpg", "77: there is no")) {
      assertTrue(problems.contains(name), problems);
    }
    assertFalse(problems.contains("good.jpg"), problems);
    assertFalse(entries.containsKey("192.0.2.7/a/gone.jpg"));
  }

  @Test
  void whoWaitsHasTheFirstFileBeforeTheLastOneIsRead() throws IOException {
    add("/a/first.jpg", "1".repeat(300_000));
    add("/a/second.jpg", "2".repeat(300_000));
    add("/a/last.jpg", "3".repeat(300_000));
    List<Integer> openedWhenWritten = new ArrayList<>();
    OutputStream line =
        new OutputStream() {
          private int bytes;

          @Override
          public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
          }

          @Override
          public void write(byte[] some, int from, int length) {
            for (bytes += length; bytes >= 100_000; bytes -= 100_000) {
              openedWhenWritten.add(opened.size());
            }
          }
        };
    new ZipWriter(storage).write(files, List.of(), line);
    assertEquals(List.of(1, 1, 1, 2, 2, 2, 3, 3, 3), openedWhenWritten);
  }

  @Test
  void aFileOfThatNameDoesNotHideTheProblems() throws IOException {
    add("/PROBLEMS.txt", "uno");
    assertEquals(Map.of("192.0.2.7/PROBLEMS.txt", "uno"), unpacked(zip(List.of())));
  }
}
