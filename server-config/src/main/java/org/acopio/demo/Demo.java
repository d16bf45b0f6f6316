package org.acopio.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.acopio.demo.Collection.Arrival;
import org.jspecify.annotations.Nullable;

/**
 * Collects a folder twice and shows that everything is on the server, byte for byte, and that
 * nothing was sent a second time. Ends with code 1 when anything is not as promised.
 */
public final class Demo {
  /** How long the console can be looked at when nobody can be asked. */
  private static final Duration LOOK = Duration.ofMinutes(1);

  private final Distribution distribution;
  private final Path work;
  private final Words words;

  private Demo(Distribution distribution, Path work, Words words) {
    this.distribution = distribution;
    this.work = work;
    this.words = words;
  }

  /**
   * Runs the demonstration.
   *
   * @param arguments the distribution's folder, the folder to work in, and optionally the folder to
   *     collect, from where this process was started when it is relative; without one, media files
   *     are made. What of that folder cannot be collected is told and breaks no promise.
   */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Words words = new Words(Locale.getDefault(), out);
    Path given = null;
    if (arguments.length > 2 && !arguments[2].isBlank()) {
      given = Path.of(arguments[2]).toAbsolutePath().normalize();
      if (!Files.isDirectory(given)) {
        words.say("given.missing", given);
        System.exit(2);
      }
    }
    Demo demo =
        new Demo(
            new Distribution(Path.of(arguments[0]).toAbsolutePath()),
            Path.of(arguments[1]).toAbsolutePath(),
            words);
    try {
      demo.run(given);
    } catch (BrokenPromise e) {
      words.heading("failed");
      words.line(String.valueOf(e.getMessage()));
      System.exit(1);
    }
  }

  private void run(@Nullable Path given) throws IOException {
    deleteTree(work);
    Path folder = given;
    Set<Path> expected = Set.of();
    if (folder == null) {
      folder = work.resolve("media");
      expected = make(folder);
    } else {
      words.heading("given", folder);
    }

    Path data = work.resolve("data");
    Path journal = work.resolve("journal");
    words.heading("starting");
    try (DemoServer server = DemoServer.start(distribution, data)) {
      server.output().forEach(words::line);

      words.heading("collecting", folder);
      Collection first = Collection.run(distribution, folder, server.agentAddress(), journal);
      show(first, data.resolve("store"), expected);

      words.heading("again");
      Collection second = Collection.run(distribution, folder, server.agentAddress(), journal);
      showNothingSent(first, second);

      words.heading("look");
      words.line(server.loginLink());
      letThemLook();
      words.heading("stopping", server.consoleAddress());
    }
    next(folder, data);
  }

  /** Until somebody presses Enter; where perhaps nobody can, a minute at most. */
  private void letThemLook() {
    if (System.console() != null) {
      words.say("look.end");
      System.console().readLine();
      return;
    }
    words.say("look.soon", LOOK.toSeconds());
    CountDownLatch pressed = new CountDownLatch(1);
    Thread keyboard =
        new Thread(
            () -> {
              awaitLineOrEnd();
              pressed.countDown();
            },
            "keyboard");
    keyboard.setDaemon(true);
    keyboard.start();
    try {
      pressed.await(LOOK.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitLineOrEnd() {
    try {
      for (int read = System.in.read(); read >= 0 && read != '\n'; ) {
        read = System.in.read();
      }
    } catch (IOException e) {
      // No keyboard is like one at its end.
    }
  }

  private Set<Path> make(Path folder) throws IOException {
    words.heading("making", folder);
    DemoMedia made = DemoMedia.make(folder);
    words.say("made", made.media().size(), made.decoys().size());
    return new HashSet<>(made.media());
  }

  private void show(Collection run, Path store, Set<Path> expected) throws IOException {
    promise(
        run.exitCode() == 0 || (expected.isEmpty() && run.isPartial()),
        "promise.exit",
        run.exitCode(),
        run.summary());
    List<Arrival> files = run.arrived();
    if (!expected.isEmpty()) {
      Set<Path> arrived = paths(files);
      promise(arrived.equals(expected), "promise.files", difference(expected, arrived));
    }
    words.say("table");
    for (Arrival file : files) {
      Path stored = store.resolve(file.storedAs());
      promise(Files.isRegularFile(stored), "promise.stored", file.path(), stored);
      String there = sha256(stored);
      promise(there.equals(sha256(file.path())), "promise.bytes", file.path(), stored);
      promise(there.equals(file.sha256()), "promise.receipt", file.path(), file.sha256(), there);
      words.line(String.format("%12s  %s  %s", words.number(file.bytes()), there, file.storedAs()));
    }
    words.say(
        "arrived",
        files.size(),
        words.number(files.stream().mapToLong(Arrival::bytes).sum()),
        String.format(Locale.getDefault(), "%.2f", run.seconds()));
    words.say("agree", files.size(), store);
    if (!run.missing().isEmpty()) {
      words.say("missing");
      run.missing().forEach(line -> words.line("    " + line));
    }
  }

  /** What did not arrive at first may be sent now; nothing else may. */
  private void showNothingSent(Collection first, Collection second) {
    boolean whole = first.exitCode() == 0;
    promise(
        second.exitCode() == 0 || (!whole && second.isPartial()),
        "promise.exit",
        second.exitCode(),
        second.summary());
    Set<Path> known = paths(second.files().stream().filter(Arrival::isKnown).toList());
    promise(
        known.containsAll(paths(first.arrived()))
            && (!whole || (second.count("stored") == 0 && second.count("sentBytes") == 0)),
        "promise.again",
        second.summary());
    words.say(
        "nothing",
        first.arrived().size(),
        String.format(Locale.getDefault(), "%.2f", second.seconds()));
  }

  private static Set<Path> paths(List<Arrival> files) {
    return files.stream().map(Arrival::path).collect(Collectors.toSet());
  }

  private void next(Path folder, Path data) {
    words.heading("next");
    words.say("next.server", quoted(distribution.server()), quoted(data));
    words.say("next.login", quoted(distribution.server()), quoted(data));
    words.say("next.agent", quoted(distribution.agent()), quoted(folder));
    words.say("next.network", quoted(distribution.server()));
    words.say("next.own");
  }

  /** A path as it can be typed into a shell. */
  private static String quoted(Path path) {
    String text = path.toString();
    return text.chars().anyMatch(Character::isWhitespace) ? '"' + text + '"' : text;
  }

  private void promise(boolean kept, String otherwise, Object... values) {
    if (!kept) {
      throw new BrokenPromise(words.text(otherwise, values));
    }
  }

  private static String difference(Set<Path> expected, Set<Path> arrived) {
    Stream<String> missing =
        expected.stream().filter(file -> !arrived.contains(file)).map(file -> "- " + file);
    Stream<String> unasked =
        arrived.stream().filter(file -> !expected.contains(file)).map(file -> "+ " + file);
    return Stream.concat(missing, unasked).sorted().collect(Collectors.joining("\n"));
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        DigestInputStream digested =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      digested.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digested.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    if (Files.exists(folder)) {
      List<Path> files;
      try (Stream<Path> walk = Files.walk(folder)) {
        files = walk.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }
}
