package org.acopio.launch;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The command {@code acopio-server admin certificate}: fetches what the store proves of an agent,
 * or the checksums of an address, into a file that is whole whenever it is there.
 */
final class AdminDownload {
  private final AdminClient server;
  private final PrintStream out;
  private final Path here;

  /**
   * @param here the folder that relative names of files mean
   */
  AdminDownload(AdminClient server, PrintStream out, Path here) {
    this.server = server;
    this.out = out;
    this.here = here;
  }

  /**
   * What is asked of it.
   *
   * @param verify whether the server reads the stored bytes again; of an agent only
   * @param force whether a file that is there may be overwritten
   * @param file its name, or empty for one after the target
   */
  record Options(boolean verify, boolean force, String file) {
    static final Options NONE = new Options(false, false, "");
  }

  /** Whether this is an address; else it is the id of an agent. */
  static boolean isAddress(String target) {
    return target.indexOf('.') >= 0 || target.indexOf(':') >= 0;
  }

  void certificate(String target, Options options) {
    String name = options.file.isEmpty() ? defaultName(target) : options.file;
    Path file = here.resolve(name).toAbsolutePath().normalize();
    boolean there = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    if (there && (!options.force || !Files.isRegularFile(file))) {
      throw taken(file);
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      fetch(target, options.verify, part);
      keep(part, file, options.force);
      out.println("Wrote " + file + " (" + Files.size(file) + " bytes).");
    } catch (FileAlreadyExistsException e) {
      throw taken(file);
    } catch (IOException e) {
      throw new AdminException(
          AdminException.REFUSED,
          "The file " + file + " cannot be written: " + e + "; name another one with --out.",
          e);
    }
  }

  private static String defaultName(String target) {
    return isAddress(target)
        ? "SHA256SUMS-" + target.replace(':', '-')
        : "acopio-certificate-" + target + ".json";
  }

  private static AdminException taken(Path file) {
    String remedy =
        Files.isRegularFile(file)
            ? " is there already; overwrite it with --force, or name another one with --out."
            : " is no file that could be overwritten; name another one with --out.";
    return new AdminException(AdminException.REFUSED, file + remedy);
  }

  /** Leaves nothing behind when it fails. */
  private void fetch(String target, boolean verify, Path part) throws IOException {
    Files.deleteIfExists(part);
    Files.createFile(part);
    try {
      if (isAddress(target)) {
        server.sums(target, part);
      } else {
        server.certificate(target, verify, part);
      }
    } catch (AdminException e) {
      Files.deleteIfExists(part);
      throw e;
    }
  }

  private static void keep(Path part, Path file, boolean overwrite) throws IOException {
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    try {
      if (overwrite) {
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.move(part, file);
      }
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
