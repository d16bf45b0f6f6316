package org.acopio.client.scan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.acopio.media.MediaKind;
import org.acopio.media.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ScannerTest {
  @TempDir Path temporary;
  private Path root;
  private final MovableClock clock = MovableClock.later();
  private final List<Notice> notices = new ArrayList<>();

  @BeforeEach
  void makeRoot() throws Exception {
    root = Files.createDirectories(temporary.toRealPath().resolve("home"));
  }

  private ScanResult scan(Path... roots) throws Exception {
    try (Journal journal = Journal.open(temporary.resolve("journal"), clock, notices::add)) {
      return new Scanner(
              journal,
              new ScanListener() {
                @Override
                public void noticed(Notice notice) {
                  notices.add(notice);
                }
              })
          .scan(List.of(roots));
    }
  }

  /** The paths below the root that were found. */
  private List<String> found(Path... roots) throws Exception {
    List<String> names = new ArrayList<>();
    for (MediaFile file : scan(roots).files()) {
      names.add(root.relativize(file.path()).toString().replace(File.separatorChar, '/'));
    }
    return names;
  }

  private Path put(String name, byte[] content) throws Exception {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  private static void assumeUnix() {
    assumeTrue(File.separatorChar == '/', "only where names are bytes");
  }

  /** Runs a line of shell in the root; for names that Java's strings cannot say. */
  private void shell(String line) throws Exception {
    Process shell =
        new ProcessBuilder("sh", "-c", line).directory(root.toFile()).inheritIO().start();
    assertEquals(0, shell.waitFor());
  }

  /** An interrupt closes what is being read; that is no trouble of a file's. */
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void scanThatIsGivenUpBlamesNoFile() throws Exception {
    for (int i = 0; i < 2_000; i++) {
      put(i + ".jpg", Samples.JPEG);
    }
    for (int turn = 1; turn <= 20; turn++) {
      FutureTask<ScanResult> scan = new FutureTask<>(() -> scan(root));
      Thread thread = new Thread(scan);
      thread.start();
      TimeUnit.MILLISECONDS.sleep(5L * turn);
      thread.interrupt();
      thread.join();
      assertEquals(List.of(), notices, "turn " + turn);
      Files.deleteIfExists(temporary.resolve("journal").resolve("journal"));
    }
    Thread.currentThread().interrupt();
    assertThrows(
        ClosedByInterruptException.class, () -> RegularFile.open(root.resolve("1.jpg")).close());
    assertTrue(Thread.interrupted());
  }

  /** The server's tests ask the same of the server: see its {@code CollectedTypesTest}. */
  @Test
  void typesOfAllSamplesAreThoseOfTheCommonCorpus() throws Exception {
    Map<String, String> expected = new TreeMap<>();
    for (Samples.Sample sample : Samples.corpus()) {
      put(sample.name(), sample.content());
      sample.type().ifPresent(type -> expected.put(sample.name(), type));
    }
    Map<String, String> seen = new TreeMap<>();
    for (MediaFile file : scan(root).files()) {
      seen.put(file.path().getFileName().toString(), file.mediaType());
    }
    assertEquals(expected, seen);
  }

  @Test
  void findsEachKindByContentAndCountsIt() throws Exception {
    put("photo.jpg", Samples.JPEG);
    put("deep/down/scan.txt", Samples.PNG);
    put("letter.pdf", Samples.PDF);
    put("song", Samples.MP3_TAGGED);
    put("film.mp4", Samples.MP4_ISOM);
    put("note.txt", Samples.TEXT);
    ScanResult result = scan(root);
    assertEquals(List.of(), result.problems());
    assertEquals(List.of(root), result.roots());
    assertEquals(2, result.kinds().get(MediaKind.IMAGE).files());
    assertEquals(
        Samples.JPEG.length + Samples.PNG.length, result.kinds().get(MediaKind.IMAGE).bytes());
    for (MediaKind kind : List.of(MediaKind.PDF, MediaKind.AUDIO, MediaKind.VIDEO)) {
      assertEquals(1, result.kinds().get(kind).files());
    }
    assertEquals(5, result.files().size());
    assertEquals(
        result.bytes(), result.files().stream().mapToLong(file -> file.stamp().size()).sum());
  }

  @Test
  void decoysStayHome() throws Exception {
    put("text.jpg", Samples.TEXT);
    put("page.png", Samples.HTML);
    put("letter.docx", Samples.DOCX);
    put("archive.jpg", Samples.DOCX);
    put("program.mp4", Samples.ELF);
    put("program.exe", Samples.EXE);
    put("empty.txt", new byte[0]);
    put("noise.bin", Samples.noise(4000));
    assertEquals(List.of(), found(root));
  }

  @Test
  void emptyAndDamagedFilesAreFoundByName() throws Exception {
    put("empty.jpg", new byte[0]);
    put("damaged.mp3", Samples.noise(4000));
    assertEquals(List.of("damaged.mp3", "empty.jpg"), found(root));
  }

  @Test
  void linksAreNeverFollowed() throws Exception {
    assumeUnix();
    Path outside = Files.createDirectories(temporary.resolve("outside"));
    Files.write(outside.resolve("secret.jpg"), Samples.JPEG);
    put("photo.jpg", Samples.JPEG);
    Files.createSymbolicLink(root.resolve("out"), outside);
    Files.createSymbolicLink(root.resolve("file.jpg"), outside.resolve("secret.jpg"));
    Files.createSymbolicLink(root.resolve("loop"), root);
    Files.createSymbolicLink(root.resolve("dangling.jpg"), root.resolve("nothing"));
    assertEquals(List.of("photo.jpg"), found(root));
  }

  @Test
  void rootThatIsALinkIsResolvedAndTold() throws Exception {
    assumeUnix();
    put("photo.jpg", Samples.JPEG);
    Path link = Files.createSymbolicLink(temporary.resolve("link"), root);
    ScanResult result = scan(link);
    assertEquals(List.of(root), result.roots());
    assertEquals(root.resolve("photo.jpg"), result.files().get(0).path());
    assertEquals(Notice.Kind.ROOT_IS_LINK, notices.get(0).kind());
    assertEquals(List.of(), result.problems());
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void pipesAreNeverOpened() throws Exception {
    assumeUnix();
    shell("mkfifo pipe.jpg");
    put("photo.jpg", Samples.JPEG);
    assertEquals(List.of("photo.jpg"), found(root));
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void pipeThatTookThePlaceOfAFileIsNotWaitedFor() throws Exception {
    assumeUnix();
    shell("mkfifo pipe.jpg; mkfifo -m 200 written-only.jpg");
    for (String name : List.of("pipe.jpg", "written-only.jpg")) {
      try (Way way = new Way()) {
        assertThrows(
            NotRegularFileException.class,
            () -> FileContent.open(way, root, root.resolve(name)),
            name);
      }
    }
    assertThrows(
        NotRegularFileException.class, () -> RegularFile.open(root.resolve("pipe.jpg")).close());
    Path file = put("photo.jpg", Samples.JPEG);
    try (FileChannel channel = RegularFile.open(file)) {
      assertEquals(Samples.JPEG.length, channel.size());
      assertEquals(0, channel.position());
    }
    shell("ln -s photo.jpg link.jpg");
    assertThrows(IOException.class, () -> RegularFile.open(root.resolve("link.jpg")).close());
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void pipeThatTookThePlaceOfAFolderIsNotWaitedFor() throws Exception {
    assumeUnix();
    put("folder/in/photo.jpg", Samples.JPEG);
    shell("mv folder away && mkfifo folder && mkfifo away/pipe");
    assertThrows(IOException.class, () -> Way.list(root.resolve("folder")).close());
    try (Way way = new Way()) {
      assertThrows(IOException.class, () -> way.open(root, root.resolve("folder/in/photo.jpg")));
      assertThrows(IOException.class, () -> way.open(root, root.resolve("away/pipe/photo.jpg")));
      way.open(root, root.resolve("away/in/photo.jpg")).close();
    }
  }

  /** Whoever may write below the root swaps a folder above the file that is about to be read. */
  @Test
  void noLinkIsFollowedOnTheWayToAFile() throws Exception {
    assumeUnix();
    Path outside = Files.createDirectories(temporary.toRealPath().resolve("outside/b"));
    Files.write(outside.resolve("photo.jpg"), Samples.PNG);
    Path photo = put("a/b/photo.jpg", Samples.JPEG);
    Path other = Files.write(root.resolve("a/b/other.jpg"), Samples.JPEG);
    try (Way way = new Way()) {
      way.open(root, photo).close();
      shell("mv a aside && ln -s '" + outside.getParent() + "' a");
      assertEquals(Samples.PNG.length, Files.size(photo), "the path leads outside");
      try (FileChannel channel = way.open(root, other)) {
        assertEquals(Samples.JPEG.length, channel.size(), "the folder that is open is the old one");
      }
    }
    try (Way way = new Way()) {
      assertThrows(IOException.class, () -> way.open(root, photo));
      way.open(photo, photo).close();
    }
  }

  @Test
  void directoryBehindALinkIsNotTakenForTheOneInTheOpenFolder() throws Exception {
    assumeUnix();
    Path outside = Files.createDirectories(temporary.toRealPath().resolve("outside/b"));
    put("a/b/photo.jpg", Samples.JPEG);
    Path inner = root.resolve("a/b");
    try (DirectoryStream<Path> open = Way.list(root.resolve("a"))) {
      FileStatus.of(inner, true).requireIn(open, inner);
      shell("mv a aside && ln -s '" + outside.getParent() + "' a");
      FileStatus swapped = FileStatus.of(inner, true);
      assertEquals(FileStatus.Type.DIRECTORY, swapped.type());
      assertThrows(NotDirectoryException.class, () -> swapped.requireIn(open, inner));
    }
  }

  /** As an agent that is told to collect all of a system is; nothing there is a photo. */
  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void procAsARootEndsWithNothing() throws Exception {
    Path proc = Path.of("/proc");
    assumeTrue(Files.isDirectory(proc.resolve("self")), "no /proc here");
    assertEquals(List.of(), scan(proc).files());
  }

  @Test
  void directoryThatBecameALinkIsNotEntered() throws Exception {
    assumeUnix();
    put("inside/photo.jpg", Samples.JPEG);
    Path outside = Files.createDirectories(temporary.toRealPath().resolve("outside"));
    Files.write(outside.resolve("secret.jpg"), Samples.JPEG);
    FileStatus before = FileStatus.of(root.resolve("inside"), true);
    try (DirectoryStream<Path> same = Files.newDirectoryStream(root.resolve("inside"))) {
      assertTrue(before.isOf(same));
    }
    shell("mv inside elsewhere && ln -s '" + outside + "' inside");
    try (DirectoryStream<Path> other = Files.newDirectoryStream(root.resolve("inside"))) {
      assertFalse(before.isOf(other));
    }
    assertEquals(List.of("elsewhere/photo.jpg"), found(root));
  }

  /** What a walk meets while others rename, link and delete: it ends, and stays inside its root. */
  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void treeThatChangesAllTheTimeIsWalkedToItsEnd() throws Exception {
    assumeUnix();
    Path outside = Files.createDirectories(temporary.toRealPath().resolve("outside"));
    // A walk through a link would find the first under the name of a folder of the tree.
    Files.write(outside.resolve("photo.jpg"), Samples.PNG);
    Files.write(outside.resolve("secret-photo.jpg"), Samples.PNG);
    for (int i = 0; i < 200; i++) {
      put("d" + i + "/photo.jpg", Samples.JPEG);
    }
    Path enough = outside.resolve("enough");
    Process restless =
        new ProcessBuilder(
                "sh",
                "-c",
                "while :; do for d in d*; do [ -e '"
                    + enough
                    + "' ] && exit; mv $d/photo.jpg $d/p 2>/dev/null; mkfifo $d/photo.jpg"
                    + " 2>/dev/null; mv $d moved; ln -s '"
                    + outside
                    + "' $d; rm $d; mv moved $d; rm -f $d/photo.jpg; mv $d/p $d/photo.jpg;"
                    + " done; done 2>/dev/null")
            .directory(root.toFile())
            .start();
    try {
      for (int i = 0; i < 10; i++) {
        for (MediaFile file : scan(root).files()) {
          assertFalse(file.path().endsWith("secret-photo.jpg"), () -> "" + file.path());
          assertEquals("image/jpeg", file.mediaType(), () -> "" + file.path());
        }
      }
    } finally {
      // Killed, it would leave a mv that still moves something while the tree is deleted.
      Files.createFile(enough);
      assertEquals(0, restless.waitFor());
    }
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void oddThingsOfASystemCostNothing() throws Exception {
    assumeUnix();
    Path sparse = root.resolve("terabyte.mp4");
    Files.write(sparse, Samples.MP4_ISOM);
    try (FileChannel channel = FileChannel.open(sparse, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[1]), 1L << 40);
    } catch (IOException e) {
      // A file system that has no such files; a smaller one does as well.
      assumeTrue(Files.exists(sparse));
    }
    Path socket = root.resolve("socket.jpg");
    try (ServerSocketChannel bound = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      bound.bind(UnixDomainSocketAddress.of(socket));
      shell(
          "ln -s / all; ln -s . self; mkdir -p a/b; ln -s ../.. a/b/up; ln -s /dev/zero zero.jpg");
      assertEquals(List.of("terabyte.mp4"), found(root));
      assertThrows(IOException.class, () -> RegularFile.open(socket).close());
    }
  }

  @Test
  void namesOfInvalidUtf8Survive() throws Exception {
    assumeUnix();
    put("source.jpg", Samples.JPEG);
    shell("cp source.jpg \"$(printf 'a\\377b\\200.jpg')\" && rm source.jpg");
    ScanResult result = scan(root);
    assertEquals(1, result.files().size());
    MediaFile file = result.files().get(0);
    byte[] expected = Samples.latin("/a\u00ffb\u0080.jpg");
    byte[] prefix = root.toString().getBytes(StandardCharsets.UTF_8);
    byte[] whole = new byte[prefix.length + expected.length];
    System.arraycopy(prefix, 0, whole, 0, prefix.length);
    System.arraycopy(expected, 0, whole, prefix.length, expected.length);
    assertArrayEquals(whole, file.wirePath());
    assertArrayEquals(Samples.JPEG, Files.readAllBytes(file.path()));
  }

  @Test
  void directoriesOfInvalidUtf8Survive() throws Exception {
    assumeUnix();
    put("source.jpg", Samples.JPEG);
    shell("d=\"$(printf '\\303')\" && mkdir \"$d\" && mv source.jpg \"$d/a%41 ñ.jpg\"");
    MediaFile file = scan(root).files().get(0);
    byte[] end = Samples.latin("/\u00c3/a%41 \u00c3\u00b1.jpg");
    byte[] found = file.wirePath();
    assertArrayEquals(
        end, java.util.Arrays.copyOfRange(found, found.length - end.length, found.length));
    assertArrayEquals(Samples.JPEG, Files.readAllBytes(file.path()));
  }

  @Test
  void oddNamesSurvive() throws Exception {
    assumeUnix();
    List<String> names =
        List.of(
            "line\nend.jpg",
            " space .jpg",
            "-rf.jpg",
            "quote\"'`$(x).jpg",
            "back\\slash.jpg",
            "a".repeat(251) + ".jpg",
            "ñ".repeat(125) + ".jpg",
            "caf\u00e9.jpg",
            "cafe\u0301.jpg",
            "\ud83d\udcf7.jpg");
    for (String name : names) {
      put(name, Samples.JPEG);
    }
    List<String> found = new ArrayList<>(found(root));
    List<String> expected = new ArrayList<>(names);
    found.sort(null);
    expected.sort(null);
    assertEquals(expected, found);
    for (MediaFile file : scan(root).files()) {
      assertEquals(file.path().toString(), new String(file.wirePath(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void sameFileThroughTwoRootsCountsOnce() throws Exception {
    put("a/photo.jpg", Samples.JPEG);
    put("b.jpg", Samples.JPEG);
    Path inner = root.resolve("a");
    Path file = root.resolve("b.jpg");
    assertEquals(List.of("a/photo.jpg", "b.jpg"), found(root, inner, file, root, inner));
    assertEquals(List.of("a/photo.jpg", "b.jpg"), found(file, inner, root));
    assertEquals(List.of("b.jpg"), found(file));
  }

  @Test
  void storesOfCollectedFilesAreLeftOut() throws Exception {
    put("store/.acopio/format", Samples.TEXT);
    put("store/127.0.0.1/home/photo.jpg", Samples.JPEG);
    put("photo.jpg", Samples.JPEG);
    assertEquals(List.of("photo.jpg"), found(root));
    assertEquals(Notice.Kind.STORE, notices.get(0).kind());
    assertEquals(List.of(), found(root.resolve("store/127.0.0.1")));
  }

  @Test
  void journalItselfIsLeftOut() throws Exception {
    put("photo.jpg", Samples.JPEG);
    scan(root);
    Files.write(temporary.resolve("journal").resolve("planted.jpg"), Samples.JPEG);
    assertEquals(List.of("photo.jpg"), found(temporary).stream().map(String::valueOf).toList());
  }

  @Test
  void unreadablePlacesAreReportedAndTheRestGoesOn() throws Exception {
    assumeUnix();
    assumeFalse("root".equals(System.getProperty("user.name")), "root may read everything");
    put("closed/photo.jpg", Samples.JPEG);
    put("open.jpg", Samples.JPEG);
    put("closed.jpg", Samples.JPEG);
    Files.setPosixFilePermissions(
        root.resolve("closed"), PosixFilePermissions.fromString("---------"));
    Files.setPosixFilePermissions(
        root.resolve("closed.jpg"), PosixFilePermissions.fromString("---------"));
    ScanResult result = scan(root);
    Files.setPosixFilePermissions(
        root.resolve("closed"), PosixFilePermissions.fromString("rwx------"));
    assertEquals(1, result.files().size());
    assertEquals(2, result.problems().size());
  }

  /** A path longer than the system opens, made by renaming: unreadable for root too. */
  @Test
  void placesTooDeepToReadAreReportedAndTheRestGoesOn() throws Exception {
    assumeUnix();
    put("photo.jpg", Samples.JPEG);
    String name = "d".repeat(250);
    shell(
        "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18; do mkdir "
            + name
            + " && cd -P "
            + name
            + " || exit 1; done; : > deep.jpg");
    ScanResult result = scan(root);
    shell("rm -rf " + name);
    assertEquals(1, result.files().size());
    assertEquals(1, result.problems().size());
    assertTrue(result.problems().get(0).kind().problem());
  }

  @Test
  void missingRootIsNamed() {
    Path missing = root.resolve("missing");
    NoSuchFileException thrown = assertThrows(NoSuchFileException.class, () -> scan(missing));
    assertEquals(missing.toString(), thrown.getFile());
  }

  @Test
  void secondScanOpensNothing() throws Exception {
    put("photo.jpg", Samples.JPEG);
    put("note.txt", Samples.TEXT);
    assertEquals(List.of("photo.jpg"), found(root));
    // Other bytes behind the same stamp: whoever opens the files would notice.
    Path journal = temporary.resolve("journal");
    FileStamp photo = FileStatus.of(root.resolve("photo.jpg"), true).stamp();
    FileStamp note = FileStatus.of(root.resolve("note.txt"), true).stamp();
    try (Journal open = Journal.open(journal, clock, notices::add)) {
      open.rememberType(WirePath.of(root.resolve("photo.jpg")), photo, java.util.Optional.empty());
      open.rememberType(
          WirePath.of(root.resolve("note.txt")), note, java.util.Optional.of("audio/mpeg"));
    }
    ScanResult second = scan(root);
    assertEquals(List.of(root.resolve("note.txt")), paths(second));
    assertEquals("audio/mpeg", second.files().get(0).mediaType());
  }

  private static List<Path> paths(ScanResult result) {
    return result.files().stream().map(MediaFile::path).toList();
  }

  @Test
  void changedFileIsLookedAtAgain() throws Exception {
    put("file.jpg", Samples.TEXT);
    assertEquals(List.of(), found(root));
    put("file.jpg", Samples.JPEG);
    assertEquals(List.of("file.jpg"), found(root));
  }

  @Test
  void knownDigestIsGivenForTheSameStampOnly() throws Exception {
    put("photo.jpg", Samples.JPEG);
    MediaFile first = scan(root).files().get(0);
    assertTrue(first.knownDigest().isEmpty());
    byte[] digest = new byte[32];
    digest[0] = 9;
    try (Journal open = Journal.open(temporary.resolve("journal"), clock, notices::add)) {
      open.remember(first, digest, clock.instant());
    }
    assertArrayEquals(digest, scan(root).files().get(0).knownDigest().orElseThrow());
    put("photo.jpg", Samples.withNoise(Samples.JPEG, 999));
    assertTrue(scan(root).files().get(0).knownDigest().isEmpty());
  }
}
