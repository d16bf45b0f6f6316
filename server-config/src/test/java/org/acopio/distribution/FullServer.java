package org.acopio.distribution;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A Payara Server with a domain of its own, on free ports, handled as its administrator does. */
final class FullServer implements AutoCloseable {
  private static final String DOMAIN = "acopio";

  /** What {@code create-domain --portbase} adds to the base for its listeners. */
  private static final int[] OFFSETS = {8, 37, 38, 39, 48, 66, 76, 80, 81, 86, 90, 100};

  private static final int ADMIN = 48;
  private static final int HTTP = 80;

  private final Path asadmin;
  private final Path domains;
  private final int base;

  private FullServer(Path asadmin, Path domains, int base) {
    this.asadmin = asadmin;
    this.domains = domains;
    this.base = base;
  }

  /** Makes a domain below a folder and starts it. */
  static FullServer start(Path home, Path folder) throws IOException, InterruptedException {
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    FullServer server =
        new FullServer(
            home.resolve("bin").resolve(windows ? "asadmin.bat" : "asadmin"), folder, freeBase());
    server.run(
        "create-domain",
        "--nopassword",
        "--domaindir",
        folder.toString(),
        "--portbase",
        Integer.toString(server.base),
        DOMAIN);
    server.run("start-domain", "--domaindir", folder.toString(), DOMAIN);
    return server;
  }

  private static int freeBase() {
    return IntStream.iterate(20_000, base -> base < 60_000, base -> base + 200)
        .filter(base -> IntStream.of(OFFSETS).allMatch(offset -> isFree(base + offset)))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isFree(int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(InetAddress.getByName("0.0.0.0"), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The address of a path of an application at the root. */
  URI http(String path) {
    return URI.create("http://127.0.0.1:" + (base + HTTP) + path);
  }

  void set(Map<String, String> properties) throws IOException, InterruptedException {
    admin(
        "create-system-properties",
        properties.entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue().replace(":", "\\:"))
            .collect(Collectors.joining(":")));
  }

  void deploy(Path archive) throws IOException, InterruptedException {
    admin("deploy", "--name", DOMAIN, archive.toString());
  }

  void undeploy() throws IOException, InterruptedException {
    admin("undeploy", DOMAIN);
  }

  private void admin(String... words) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("--port", Integer.toString(base + ADMIN)));
    all.addAll(List.of(words));
    run(all.toArray(String[]::new));
  }

  private void run(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(asadmin.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("AS_JAVA", System.getProperty("java.home"));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", command) + " failed:\n" + said);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      run("stop-domain", "--domaindir", domains.toString(), "--kill", DOMAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
