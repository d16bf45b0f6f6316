package org.acopio.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command {@code acopio-server}: starts the server in the foreground and keeps it until the
 * process is asked to stop. With the word {@code admin} it asks a server that runs already, with
 * {@code check} it compares catalog and store.
 *
 * <p>Exit codes: 0 said or did what was asked, 1 the server could not start or did not obey, 2 the
 * command line was wrong, 3 there is no server to administer, or a check cannot run (it ends with 1
 * when it leaves findings); a server that was asked to stop ends as the JVM does, with 128 plus the
 * signal's number (130 for Ctrl-C, 143 for SIGTERM), after everything was closed.
 */
public final class AcopioServer {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  private final PrintStream out;
  private final PrintStream problems;

  AcopioServer(PrintStream out, PrintStream problems) {
    this.out = out;
    this.problems = problems;
  }

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] words) {
    System.setProperty("java.util.logging.manager", ServerLogManager.class.getName());
    System.exit(new AcopioServer(System.out, System.err).run(List.of(words)));
  }

  /** Does what was typed and returns the exit code; a started server does not return. */
  int run(List<String> words) {
    try {
      if (!words.isEmpty() && words.get(0).equals("admin")) {
        administer(AdminOptions.parse(words.subList(1, words.size())));
        return 0;
      }
      if (!words.isEmpty() && words.get(0).equals("check")) {
        return check(CheckOptions.parse(words.subList(1, words.size())));
      }
      ServerOptions options = ServerOptions.parse(words);
      switch (options.task()) {
        case HELP -> out.print(Help.TEXT);
        case VERSION -> out.println("Acopio " + Distribution.here().version());
        case PREPARE -> new StartArchives(Distribution.here(), out).make();
        case START -> serve(options);
      }
      return 0;
    } catch (UsageException e) {
      problems.println(e.getMessage() + " 'acopio-server --help' shows how it is used.");
      return WRONG_USAGE;
    } catch (StartException e) {
      problems.println(e.getMessage());
      return FAILED;
    } catch (AdminException e) {
      problems.println(e.getMessage());
      return e.exitCode();
    }
  }

  private int check(CheckOptions options) {
    if (options.help()) {
      out.print(Help.CHECK);
      return 0;
    }
    options.data().ifPresent(data -> System.setProperty(Settings.DATA, data));
    Path data = new Settings(System.getProperties(), System.getenv()).data();
    return new Check(options, out, problems, Admin.attended()).run(data);
  }

  private void administer(AdminOptions options) {
    if (options.task() == AdminOptions.Task.HELP) {
      out.print(Help.ADMIN);
      return;
    }
    options.data().ifPresent(data -> System.setProperty(Settings.DATA, data));
    Path data = new Settings(System.getProperties(), System.getenv()).data();
    AdminClient server = new AdminClient(AdminAccess.find(data));
    Admin admin = new Admin(server, out, ZoneId.systemDefault());
    switch (options.task()) {
      case SESSIONS -> admin.sessions();
      case CLOSE -> {
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        admin.close(options.target(), in, !options.yes() && Admin.attended());
      }
      case LOGIN -> admin.login();
      case PASSWORD -> admin.password(options.target());
      case USER_LIST -> admin.users();
      case USER_ADD -> admin.addUser(options.target(), options.administrator());
      case USER_REMOVE -> admin.removeUser(options.target());
      case CERTIFICATE ->
          new AdminDownload(server, out, Path.of(""))
              .certificate(options.target(), options.download());
      case ENROL_CODE -> admin.enrolCode(options.code());
      case CODES -> admin.codes();
      case CODE_REMOVE -> admin.removeCode(options.target());
      case IDENTITIES -> admin.identities();
      case REVOKE -> admin.revoke(options.target());
      case REKEY -> admin.rekey(options.target());
      case HELP -> out.print(Help.ADMIN);
    }
  }

  private void serve(ServerOptions options) {
    options.properties().forEach(System::setProperty);
    options.data().ifPresent(data -> System.setProperty(Settings.DATA, data));
    options.bind().ifPresent(bind -> System.setProperty(Settings.BIND, bind));
    RmiDefaults.apply();

    Settings settings = new Settings(System.getProperties(), System.getenv());
    Ports ports = Ports.on(settings.bind());
    int httpPort = settings.port(Settings.HTTP_PORT, Settings.DEFAULT_HTTP_PORT);
    int rmiPort = settings.port(Settings.RMI_PORT, Settings.DEFAULT_RMI_PORT);
    DataFolder data = DataFolder.open(settings.data());
    if (rmiPort > 0) {
      ports.free(Settings.RMI_PORT, rmiPort);
    }
    httpPort = ports.keep(Settings.HTTP_PORT, httpPort);
    Optional<Https> https = https(settings, ports, httpPort);
    TcpPorts.expectFree(settings, ports);
    System.setProperty(Settings.DATA, data.path().toString());
    System.setProperty(Settings.BIND, settings.bind());
    System.setProperty(Settings.HTTP_PORT + Settings.ACTUAL, Integer.toString(httpPort));
    https.ifPresent(
        listener ->
            System.setProperty(
                Settings.HTTPS_PORT + Settings.ACTUAL, Integer.toString(listener.port())));

    ServerLog log = ServerLog.open(data.log(), settings.debug(), out, problems);
    Running running = new Running(log, out, problems);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  AdminUrl.delete(data.path());
                  running.stop();
                },
                "acopio-stop"));
    Running.Opened opened;
    try (ports) {
      opened = running.start(data, Distribution.here(), ports, httpPort, https, settings);
    } catch (StartException e) {
      throw new StartException(
          "Acopio could not start: " + e.getMessage() + " (the log in " + data.log() + " has more)",
          e);
    }
    AdminUrl.write(data.path(), ports.address(), httpPort);
    if (ports.loopback() && Admin.attended()) {
      showLoginLink(data);
    }
    if (!ports.loopback()) {
      warn(settings, https, opened.key());
    }
    announce(ports, httpPort, text(https, opened), settings, data);
    log.console().release();
    if (Boolean.getBoolean(StartArchives.REHEARSAL)) {
      awaitEndOfInput();
      return;
    }
    awaitForEver(data);
  }

  /** Only where others than this machine come: on loopback nobody can listen in. */
  private static Optional<Https> https(Settings settings, Ports ports, int httpPort) {
    OptionalInt wanted = settings.portUnlessOff(Settings.HTTPS_PORT, Settings.DEFAULT_HTTPS_PORT);
    if (ports.loopback() || wanted.isEmpty()) {
      return Optional.empty();
    }
    int port = ports.keep(Settings.HTTPS_PORT, wanted.getAsInt());
    if (port == httpPort) {
      throw new UsageException(
          Settings.HTTPS_PORT + " and " + Settings.HTTP_PORT + " are both " + port + ".");
    }
    return Optional.of(new Https(port));
  }

  /** For example {@code https 8443 · ingest 1100}. */
  private static String text(Optional<Https> https, Running.Opened opened) {
    return Stream.of(
            https.map(listener -> "https " + listener.port()).orElse(""),
            TcpPorts.text(opened.tcp()))
        .filter(ports -> !ports.isEmpty())
        .collect(Collectors.joining(" · "));
  }

  /** To a person at a terminal only: other output is kept somewhere, and the link is a secret. */
  private void showLoginLink(DataFolder data) {
    try {
      new Admin(new AdminClient(AdminAccess.find(data.path())), out, ZoneId.systemDefault())
          .login();
    } catch (AdminException e) {
      Logger.getLogger(AcopioServer.class.getName())
          .log(Level.WARNING, "There is no link to the console this time", e);
    }
  }

  private void warn(Settings settings, Optional<Https> https, Optional<HttpsKey> key) {
    String console =
        https
            .flatMap(
                listener ->
                    key.map(
                        shown ->
                            "Others reach the console with https on port "
                                + listener.port()
                                + "; the SHA-256 fingerprint of this server's certificate is "
                                + shown.fingerprint()
                                + "."))
            .orElse(
                "The console is served without encryption, passwords too, because "
                    + Settings.HTTPS_PORT
                    + " is off: put a proxy in front of it.");
    out.println(
        "Listening on "
            + settings.bind()
            + ", not only for this computer; without --bind only this computer is served. Agents on"
            + " other computers have to be enrolled ('acopio-server admin enrol-code') and talk TLS. "
            + console
            + " Plain by nature, and open to everyone who reaches this address: echo, the session"
            + " protocol, XML-RPC.");
  }

  private void announce(
      Ports ports, int httpPort, String tcpPorts, Settings settings, DataFolder data) {
    Duration took =
        Duration.between(
            ProcessHandle.current().info().startInstant().orElse(Instant.now()), Instant.now());
    out.println(
        Ready.line(
            took,
            ports.host(),
            httpPort,
            settings.port(Settings.RMI_PORT + Settings.ACTUAL, Settings.DEFAULT_RMI_PORT),
            tcpPorts,
            data.path()));
    out.flush();
  }

  private static void awaitEndOfInput() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new StartException("The rehearsal cannot read its input: " + e.getMessage(), e);
    }
  }

  /** The folder stays locked for as long as this thread waits: for the life of the process. */
  private static void awaitForEver(DataFolder data) {
    try (data) {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new StartException("The data folder cannot be let go: " + e.getMessage(), e);
    }
  }
}
