package org.acopio.client.scan;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
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

/** Makes files and directories that only their owner may read, from the first instant. */
final class OwnerOnly {
  private OwnerOnly() {}

  /** Makes the directory and those above it; one that is there already keeps its rights. */
  static void directories(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, attributes(directory, "rwx------"));
      restrictAcl(directory);
    }
  }

  /** Opens a file, with rights for its owner only if it is made by that. */
  static FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
    boolean made = Files.notExists(file);
    FileChannel channel = FileChannel.open(file, options, attributes(file, "rw-------"));
    if (made) {
      restrictAcl(file);
    }
    return channel;
  }

  private static FileAttribute<?>[] attributes(Path path, String permissions) {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }

  /** Windows: in place of what the file inherits, one entry that gives its owner everything. */
  private static void restrictAcl(Path path) throws IOException {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("acl")) {
      return;
    }
    AclFileAttributeView view = Files.getFileAttributeView(path, AclFileAttributeView.class);
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
