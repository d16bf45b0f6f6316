package org.acopio.launch;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The log of a server run: everything in a file, the little that a person needs on the console. */
final class ServerLog implements AutoCloseable {
  private static final long FILE_BYTES = 10L << 20;
  private static final int FILES_KEPT = 4;

  /**
   * Loggers of the container that tell, below SEVERE, what nobody reads: one line per service,
   * warnings about certificates of the JDK. Held here so that the levels are not collected as
   * garbage.
   */
  private static final List<Logger> QUIET =
      List.of(
          Logger.getLogger("javax.enterprise.system.tools.deployment.dol"),
          Logger.getLogger("javax.enterprise.system.tools.deployment.common"),
          Logger.getLogger("javax.enterprise.system.security.ssl"),
          Logger.getLogger("fish.payara.nucleus.util"),
          Logger.getLogger("org.glassfish.admin.mbeanserver"),
          Logger.getLogger("org.hibernate.validator.internal.util.Version"),
          Logger.getLogger("com.hazelcast"));

  /** Held here for the same reason. */
  private static final Logger PRODUCT = Logger.getLogger("org.acopio");

  private final Console console;
  private final LogFile file;

  private ServerLog(Console console, LogFile file) {
    this.console = console;
    this.file = file;
  }

  /**
   * Sends the JVM's whole log to {@code server.log} in the folder and its summary to the streams.
   *
   * @param debug whether the product's own log has everything
   */
  static ServerLog open(Path folder, boolean debug, PrintStream out, PrintStream problems) {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    QUIET.forEach(logger -> logger.setLevel(Level.SEVERE));
    root.setLevel(Level.INFO);
    PRODUCT.setLevel(debug ? Level.FINE : Level.INFO);
    ServerLog log =
        new ServerLog(
            new Console(out, problems),
            new LogFile(folder.resolve("server.log"), FILE_BYTES, FILES_KEPT));
    log.file.setFilter(record -> !Console.ONCE.equals(record.getLoggerName()));
    root.addHandler(log.file);
    root.addHandler(log.console);
    System.setOut(new LoggedStream(Logger.getLogger("stdout"), Level.INFO));
    System.setErr(new LoggedStream(Logger.getLogger("stderr"), Level.WARNING));
    return log;
  }

  Console console() {
    return console;
  }

  @Override
  public void close() {
    console.close();
    file.close();
  }
}
