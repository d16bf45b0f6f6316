package org.acopio.client.command;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;

/**
 * Where a command reads and writes, and what time it is there.
 *
 * @param in what the person types
 * @param out results
 * @param err progress and complaints
 * @param inputInteractive true when a person can answer
 * @param errorsInteractive true when {@code err} is a screen
 * @param environment the variables of the process
 * @param messages the person's language
 * @param clock of this computer
 */
record Terminal(
    BufferedReader in,
    PrintStream out,
    PrintStream err,
    boolean inputInteractive,
    boolean errorsInteractive,
    Map<String, String> environment,
    Messages messages,
    Clock clock) {
  private static final int BUFFER = 1 << 16;

  /** The process's own. */
  static Terminal system() {
    Map<String, String> environment = System.getenv();
    boolean console = System.console() != null;
    Charset charset = charset();
    return new Terminal(
        new BufferedReader(new InputStreamReader(new FileInputStream(FileDescriptor.in), charset)),
        print(FileDescriptor.out, charset),
        print(FileDescriptor.err, charset),
        console || isScreen(0),
        isScreen(2),
        environment,
        Messages.of(Languages.of(environment)),
        Clock.systemUTC());
  }

  /** Buffered; the commands flush where somebody waits for it. */
  private static PrintStream print(FileDescriptor descriptor, Charset charset) {
    return new PrintStream(
        new java.io.BufferedOutputStream(new FileOutputStream(descriptor), BUFFER), false, charset);
  }

  /** What the screen shows on Windows; UTF-8 elsewhere, also under the C locale. */
  private static Charset charset() {
    String console =
        System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding"));
    boolean windows = Path.of("").getFileSystem().getSeparator().equals("\\");
    return windows && console != null && Charset.isSupported(console)
        ? Charset.forName(console)
        : StandardCharsets.UTF_8;
  }

  /**
   * Java knows only whether input and output both are screens; Linux tells of each. Elsewhere
   * descriptor 2 is taken for a screen when those two are.
   */
  private static boolean isScreen(int descriptor) {
    Path link = Path.of("/proc/self/fd", Integer.toString(descriptor));
    try {
      if (Files.isSymbolicLink(link)) {
        String target = Files.readSymbolicLink(link).toString();
        return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
      }
    } catch (IOException e) {
      return false;
    }
    return descriptor == 2 && System.console() != null;
  }

  String text(String key, Object... values) {
    return messages.text(key, values);
  }

  /** The same place in English, for what programs read. */
  Terminal inEnglish() {
    return new Terminal(
        in,
        out,
        err,
        inputInteractive,
        errorsInteractive,
        environment,
        Messages.of(Locale.ENGLISH),
        clock);
  }

  /** A complaint, on a line of its own. */
  void complain(String message) {
    err.println(text("complaint", message));
    err.flush();
  }
}
