package org.acopio.launch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.stream.Stream;

/**
 * The container's instance folder, made anew for each start: nothing that a killed server left
 * behind can reach the next one.
 */
final class ContainerRoot {
  private static final List<String> FOLDERS = List.of("config", "docroot", "lib", "logs");

  /** The container's fixed master password; it protects nothing, the key store is empty. */
  private static final char[] MASTER = "changeit".toCharArray();

  private final Path path;

  private ContainerRoot(Path path) {
    this.path = path;
  }

  /** Empties the folder and fills it from the templates. */
  static ContainerRoot fresh(Path path, Path templates) {
    try {
      delete(path);
      for (String folder : FOLDERS) {
        Files.createDirectories(path.resolve(folder));
      }
      copy(templates, path.resolve("config"));
      emptyKeyStore(path.resolve("config/keystore.p12"));
    } catch (IOException | GeneralSecurityException e) {
      throw new StartException(
          "The container's folder "
              + path
              + " cannot be made: "
              + e
              + "; delete it, or free some space there.",
          e);
    }
    return new ContainerRoot(path);
  }

  Path path() {
    return path;
  }

  Path config(String file) {
    return path.resolve("config").resolve(file);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files.skip(1)::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  /**
   * Payara wants a key store; the one it ships holds a private key that is the same in every copy.
   * This one holds nothing. The JKS format because it needs no key derivation, which costs time.
   */
  private static void emptyKeyStore(Path file) throws IOException, GeneralSecurityException {
    KeyStore empty = KeyStore.getInstance("JKS");
    empty.load(null, MASTER);
    try (OutputStream out = Files.newOutputStream(file)) {
      empty.store(out, MASTER);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path directory, @org.jspecify.annotations.Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
