package org.acopio.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Makes empty files and folders that only their owner may use: with POSIX permissions from the
 * first instant, on Windows with an access control list in the place of what they inherit, before
 * anything is written to them. Thread-safe.
 */
public final class OwnerOnly {
  private OwnerOnly() {}

  /**
   * Makes a file.
   *
   * @throws IOException if it cannot be made, or is there already
   */
  public static void file(Path file) throws IOException {
    Files.createFile(file, attributes(file, "rw-------"));
    restrict(file);
  }

  /**
   * Makes a folder, in one that is there.
   *
   * @throws IOException if it cannot be made, or is there already
   */
  static void folder(Path folder) throws IOException {
    Files.createDirectory(folder, attributes(folder, "rwx------"));
    restrict(folder);
  }

  static boolean isPosix(Path path) {
    return views(path).contains("posix");
  }

  private static Set<String> views(Path path) {
    return path.getFileSystem().supportedFileAttributeViews();
  }

  private static FileAttribute<?>[] attributes(Path path, String permissions) {
    return isPosix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static void restrict(Path path) throws IOException {
    AclFileAttributeView view =
        views(path).contains("acl")
            ? Files.getFileAttributeView(path, AclFileAttributeView.class)
            : null;
    if (view != null) {
      view.setAcl(
          List.of(
              AclEntry.newBuilder()
                  .setType(AclEntryType.ALLOW)
                  .setPrincipal(view.getOwner())
                  .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                  .build()));
    }
  }
}
