package org.acopio.launch;

import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One run of the server, from its start to its stop, which may come from another thread. */
final class Running {
  private static final Logger LOG = Logger.getLogger(Running.class.getName());

  private enum State {
    STARTING,
    READY,
    FAILED,
    STOPPED
  }

  private final ServerLog log;
  private final PrintStream out;
  private final PrintStream problems;
  private State state = State.STARTING;
  private @Nullable Container container;

  Running(ServerLog log, PrintStream out, PrintStream problems) {
    this.log = log;
    this.out = out;
    this.problems = problems;
  }

  /**
   * What was opened.
   *
   * @param tcp the ports of the socket adapter
   * @param key that HTTPS shows, where there is HTTPS
   */
  record Opened(Map<TcpPorts, List<Integer>> tcp, Optional<HttpsKey> key) {}

  /**
   * Starts the container and deploys the resource adapter and then the application, which needs its
   * classes, and which makes the key that HTTPS needs. Throws {@link StartException} with the
   * reason after cleaning up, whatever went wrong.
   */
  Opened start(
      DataFolder data,
      Distribution distribution,
      Ports ports,
      int httpPort,
      Optional<Https> https,
      Settings settings) {
    try {
      ContainerRoot root = ContainerRoot.fresh(data.container(), distribution.config());
      Container started = container(root, data, distribution, ports, httpPort, https, settings);
      keep(started);
      started.deployAdapter("acopio-socket", distribution.resourceAdapter());
      started.deployWeb("acopio", distribution.webApplication());
      expectOpen(ports, httpPort);
      expectRmi();
      Map<TcpPorts, List<Integer>> open = TcpPorts.open(settings);
      Optional<HttpsKey> key =
          https.map(listener -> listener.open(started, root, data.identity(), ports.near()));
      become(State.READY);
      return new Opened(open, key);
    } catch (RuntimeException | Error e) {
      fail();
      LOG.log(Level.WARNING, "The server could not start", e);
      throw e instanceof StartException told && told.getCause() != null
          ? told
          : new StartException(firstProblem(e), e);
    }
  }

  /** Why it could not start: the container often tells that in its log only. */
  private String firstProblem(Throwable failure) {
    return Failure.message(log.console().firstProblem().orElse(failure));
  }

  private static Container container(
      ContainerRoot root,
      DataFolder data,
      Distribution distribution,
      Ports ports,
      int httpPort,
      Optional<Https> https,
      Settings settings) {
    try {
      return Container.start(
          root,
          distribution.launcherJar(),
          data.log(),
          ports.host(),
          httpPort,
          settings.httpLimits(),
          https);
    } catch (RuntimeException e) {
      // The container says that an address is in use, and not which.
      ports.free(Settings.HTTP_PORT, httpPort);
      throw e;
    }
  }

  /** The container reports a listener that it could not open in its log only. */
  private static void expectOpen(Ports ports, int httpPort) {
    try (Socket probe = new Socket(ports.near(), httpPort)) {
      probe.setTcpNoDelay(true);
    } catch (IOException e) {
      throw new StartException(
          "Port " + httpPort + " (" + Settings.HTTP_PORT + ") did not open: " + e.getMessage(), e);
    }
  }

  /** The container tells of a servlet that could not open the port in its log only. */
  private static void expectRmi() {
    if (System.getProperty(Settings.RMI_PORT + Settings.ACTUAL) == null) {
      throw new StartException("The port of RMI (" + Settings.RMI_PORT + ") did not open");
    }
  }

  private synchronized void keep(Container started) {
    container = started;
  }

  private synchronized void become(State next) {
    if (state == State.STARTING) {
      state = next;
    }
  }

  private void fail() {
    become(State.FAILED);
    Container started;
    synchronized (this) {
      started = container;
    }
    if (started != null) {
      started.stop();
    }
  }

  /**
   * Stops a server that is ready; one that is still starting is left as it is, which is no worse
   * than a crash, and a crash loses nothing. Says so on the console unless the start failed.
   */
  synchronized void stop() {
    Container ready = state == State.READY ? container : null;
    boolean quiet = state == State.FAILED || state == State.STOPPED;
    state = State.STOPPED;
    try {
      if (ready != null) {
        ready.stop();
      }
      if (!quiet) {
        out.println("Acopio stopped");
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "The server did not stop cleanly", e);
      problems.println(
          "Acopio did not stop cleanly (" + e.getMessage() + "); nothing stored is lost by that");
    } finally {
      log.close();
    }
  }
}
