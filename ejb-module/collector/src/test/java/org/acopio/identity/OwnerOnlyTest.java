package org.acopio.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody but its owner may use what is secret, on each kind of system. */
class OwnerOnlyTest {
  @Test
  void posixPermissionsAreTheOwnersAlone() throws IOException {
    try (FileSystem unix =
        Jimfs.newFileSystem(
            Configuration.unix().toBuilder().setAttributeViews("basic", "posix").build())) {
      Path folder = unix.getPath("/work/keys");
      OwnerOnly.folder(folder);
      OwnerOnly.file(folder.resolve("key"));
      assertEquals(
          "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("key"))));
      assertThrows(FileAlreadyExistsException.class, () -> OwnerOnly.file(folder.resolve("key")));
    }
  }

  @Test
  void onWindowsTheOwnersEntryStandsInThePlaceOfWhatIsInherited() throws IOException {
    try (FileSystem windows =
        Jimfs.newFileSystem(
            Configuration.windows().toBuilder()
                .setAttributeViews("basic", "owner", "dos", "acl")
                .build())) {
      Path folder = windows.getPath("C:\\work\\keys");
      OwnerOnly.folder(folder);
      OwnerOnly.file(folder.resolve("key"));
      for (Path path : List.of(folder, folder.resolve("key"))) {
        List<AclEntry> entries =
            Files.getFileAttributeView(path, AclFileAttributeView.class).getAcl();
        assertEquals(1, entries.size(), entries::toString);
        assertEquals(AclEntryType.ALLOW, entries.get(0).type());
        assertEquals(Files.getOwner(path), entries.get(0).principal());
      }
    }
  }

  @Test
  void whereNothingIsKnownOfRightsTheFileIsThereAllTheSame() throws IOException {
    try (FileSystem plain =
        Jimfs.newFileSystem(Configuration.unix().toBuilder().setAttributeViews("basic").build())) {
      OwnerOnly.file(plain.getPath("/work/key"));
      assertEquals(0, Files.size(plain.getPath("/work/key")));
    }
  }
}
