package org.acopio.client.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Nobody but its owner reads what an agent keeps. */
class OwnerOnlyTest {
  private static final byte[] OLD = "old".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FRESH = "fresh and longer".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void rights(Path path, String rights) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatIsMadeIsTheOwnersAloneAndWhatWasThereStaysAsItWas() throws IOException {
    rights(folder, "rwxr-xr-x");
    Path keys = folder.resolve("a/keys");
    OwnerOnly.directories(keys);
    assertEquals("rwx------", rights(keys));
    assertEquals("rwx------", rights(keys.getParent()));
    assertEquals("rwxr-xr-x", rights(folder));
    OwnerOnly.directories(folder);
    assertEquals("rwxr-xr-x", rights(folder));
    OwnerOnly.write(keys.resolve("key"), FRESH);
    assertEquals("rw-------", rights(keys.resolve("key")));
    assertEquals("fresh and longer", Files.readString(keys.resolve("key")));
    assertThrows(FileAlreadyExistsException.class, () -> OwnerOnly.write(keys.resolve("key"), OLD));
    try (FileChannel opened =
        OwnerOnly.open(
            keys.resolve("journal"), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE))) {
      assertEquals(0, opened.size());
    }
    assertEquals("rw-------", rights(keys.resolve("journal")));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void replacedFileHasTheNewContentAndTheOwnersRights() throws IOException {
    Path file = folder.resolve("key");
    OwnerOnly.replace(file, OLD);
    rights(file, "rw-r--r--");
    // What a process that was killed here had left.
    Files.write(folder.resolve("key.new"), FRESH);
    rights(folder.resolve("key.new"), "rw-rw-rw-");
    OwnerOnly.replace(file, FRESH);
    assertEquals("fresh and longer", Files.readString(file));
    assertEquals("rw-------", rights(file));
    assertEquals(Set.of("key"), names(folder));
    // A name alone is of the folder where the process is.
    assertThrows(NoSuchFileException.class, () -> OwnerOnly.sync(folder.resolve("missing")));
    OwnerOnly.sync(folder);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void anyRightOfOthersIsSeen() throws IOException {
    Path file = Files.createFile(folder.resolve("key"));
    for (String others : List.of("r--", "-w-", "--x")) {
      rights(file, "rw-" + others + "---");
      assertTrue(OwnerOnly.shared(file), others);
      rights(file, "---" + "---" + others);
      assertTrue(OwnerOnly.shared(file), others);
    }
    for (String own : List.of("---", "r--", "rw-", "rwx")) {
      rights(file, own + "------");
      assertFalse(OwnerOnly.shared(file), own);
    }
  }

  @Test
  void onWindowsTheOwnersEntryStandsInThePlaceOfWhatIsInherited() throws IOException {
    try (FileSystem windows =
        Jimfs.newFileSystem(
            Configuration.windows().toBuilder()
                .setAttributeViews("basic", "owner", "dos", "acl")
                .build())) {
      Path keys = windows.getPath("C:\\work\\keys");
      Path key = keys.resolve("key");
      OwnerOnly.directories(keys);
      OwnerOnly.replace(key, OLD);
      for (Path path : List.of(keys, key)) {
        AclFileAttributeView view = Files.getFileAttributeView(path, AclFileAttributeView.class);
        List<AclEntry> entries = view.getAcl();
        assertEquals(1, entries.size(), entries::toString);
        assertEquals(AclEntryType.ALLOW, entries.get(0).type());
        assertEquals(Files.getOwner(path), entries.get(0).principal());
        assertEquals(Set.of(AclEntryPermission.values()), entries.get(0).permissions());
        view.setAcl(List.of());
      }
      // What a person gave somebody on purpose stays.
      OwnerOnly.directories(keys);
      try (FileChannel opened = OwnerOnly.open(key, Set.of(StandardOpenOption.WRITE))) {
        assertEquals(OLD.length, opened.size());
      }
      for (Path path : List.of(keys, key)) {
        assertEquals(
            List.of(), Files.getFileAttributeView(path, AclFileAttributeView.class).getAcl());
        assertFalse(OwnerOnly.shared(path));
      }
    }
  }

  @Test
  void whereNothingIsKnownOfRightsTheFileIsThereAllTheSame() throws IOException {
    try (FileSystem plain =
        Jimfs.newFileSystem(Configuration.unix().toBuilder().setAttributeViews("basic").build())) {
      Path key = plain.getPath("/work/key");
      OwnerOnly.replace(key, OLD);
      OwnerOnly.replace(key, FRESH);
      assertEquals("fresh and longer", Files.readString(key));
      assertFalse(OwnerOnly.shared(key));
    }
  }
}
