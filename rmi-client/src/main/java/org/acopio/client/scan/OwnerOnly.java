package org.acopio.client.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Makes files and directories that only their owner may read, from the first instant. */
public final class OwnerOnly {
  private static final String FRESH = ".new";

  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private OwnerOnly() {}

  /** Makes the directory and those above it; one that is there already keeps its rights. */
  public static void directories(Path directory) throws IOException {
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

  /**
   * Puts content into a file that has the old content or the new one at every instant, and the new
   * one for good when this returns.
   */
  public static void replace(Path file, byte[] content) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + FRESH);
    // What an interrupted write left may have other rights.
    Files.deleteIfExists(fresh);
    write(fresh, content);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(file.toAbsolutePath().getParent());
  }

  /** Writes a file that is not there yet; its bytes are on the disk when this returns. */
  public static void write(Path file, byte[] content) throws IOException {
    try (FileChannel out =
        open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
  }

  /** Brings to the disk which names a directory has; Windows does so by itself. */
  public static void sync(Path directory) throws IOException {
    if (posix(directory)) {
      try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }

  /**
   * True when others than the owner have rights to a file. Where a system has no such rights that
   * can be told, it has none.
   */
  public static boolean shared(Path path) throws IOException {
    if (!posix(path)) {
      return false;
    }
    for (PosixFilePermission right : Files.getPosixFilePermissions(path)) {
      if (!OWNERS.contains(right)) {
        return true;
      }
    }
    return false;
  }

  private static boolean posix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static FileAttribute<?>[] attributes(Path path, String permissions) {
    if (!posix(path)) {
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
