package org.acopio.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a system says when a disk fails. Java hands on its words and no number, and the words are in
 * the language of whoever started the server: {@code strerror} and {@code FormatMessage} translate
 * them. English and Spanish are known; others are asked for, where there is a file that fails for
 * certain (Linux).
 */
final class DiskWords {
  private static final Path ALWAYS_FULL = Path.of("/dev/full");
  private static final Path NEVER_READ = Path.of("/proc/self/mem");
  private static final Path NO_FOLDER = Path.of("/dev/null/x");

  private static final Set<String> FULL =
      with(
          whenFull(),
          "no space left",
          "quota exceeded",
          "not enough space",
          "disk is full",
          "no queda espacio",
          "cuota de disco",
          "espacio en disco insuficiente",
          "disco está lleno");

  private static final Set<String> BROKEN =
      with(
          whenBroken(),
          "input/output error",
          "i/o device error",
          "cyclic redundancy check",
          "error de entrada/salida",
          "dispositivo de e/s",
          "redundancia cíclica");

  private static final Set<String> NOT_A_FOLDER =
      with(whenNoFolder(), "not a directory", "no es un directorio");

  private static final Set<String> READ_ONLY =
      with(
          "",
          "read-only file system",
          "write protected",
          "de sólo lectura",
          "de solo lectura",
          "protegido contra escritura");

  private DiskWords() {}

  /** No room, or none for this user. */
  static boolean sayFull(IOException failure) {
    return says(failure, FULL);
  }

  /** An error of the device. */
  static boolean sayBroken(IOException failure) {
    return says(failure, BROKEN);
  }

  static boolean sayReadOnly(IOException failure) {
    return says(failure, READ_ONLY);
  }

  /** A file stands where a folder should. */
  static boolean sayNotAFolder(IOException failure) {
    return says(failure, NOT_A_FOLDER);
  }

  private static boolean says(IOException failure, Set<String> words) {
    String text = of(failure).toLowerCase(Locale.ROOT);
    return words.stream().anyMatch(text::contains);
  }

  /** Without the name of the file, in which any words may stand. */
  private static String of(IOException failure) {
    return String.valueOf(
        failure instanceof FileSystemException known ? known.getReason() : failure.getMessage());
  }

  private static Set<String> with(String asked, String... known) {
    Set<String> words = new TreeSet<>(Set.of(known));
    if (!asked.isEmpty()) {
      words.add(asked.toLowerCase(Locale.ROOT));
    }
    return words;
  }

  /** What this system says when a disk is full; empty where it cannot be asked. */
  static String whenFull() {
    return heard(ALWAYS_FULL, StandardOpenOption.WRITE, out -> out.write(ByteBuffer.allocate(1)));
  }

  /** What this system says of an error of a device; empty where it cannot be asked. */
  static String whenBroken() {
    // Nothing is ever at address 0.
    return heard(NEVER_READ, StandardOpenOption.READ, in -> in.read(ByteBuffer.allocate(1), 0));
  }

  /** What fails for certain. */
  private interface Question {
    void ask(FileChannel channel) throws IOException;
  }

  /**
   * The first thread that wants to know asks for all, and may be an interrupted one: it would hear
   * that its channel was closed, without a word of any disk.
   */
  private static String heard(Path file, OpenOption how, Question question) {
    boolean interrupted = Thread.interrupted();
    try (FileChannel channel = FileChannel.open(file, how)) {
      question.ask(channel);
      return "";
    } catch (FileSystemException | ClosedChannelException e) {
      // It cannot even be opened here, or the interrupt came only now.
      return "";
    } catch (IOException e) {
      return of(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What this system says of a file where a folder should be; empty where it cannot be asked. */
  static String whenNoFolder() {
    try {
      Files.readAttributes(NO_FOLDER, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return "";
    } catch (FileSystemException e) {
      return e.getClass() == FileSystemException.class ? of(e) : "";
    } catch (IOException e) {
      return "";
    }
  }
}
