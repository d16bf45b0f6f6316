package org.acopio.socket.adapter;

import jakarta.resource.ResourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.acopio.socket.delivery.Beans;
import org.acopio.socket.delivery.OpenPort;
import org.acopio.socket.selector.EventLoops;
import org.acopio.socket.selector.SelectorPort;
import org.acopio.socket.selector.SharedLoops;
import org.acopio.socket.selector.Workers;
import org.acopio.socket.settings.Concurrency;
import org.acopio.socket.settings.EndpointSettings;
import org.acopio.socket.settings.Execution;
import org.acopio.socket.settings.Failure;
import org.acopio.socket.settings.InvalidSettingException;
import org.acopio.socket.thread.ThreadPort;
import org.acopio.socket.tls.TlsServer;

/** The sockets and threads of one activation: all of them, or none. */
final class Resources {
  private static final long WORKERS_STOP_MILLIS = 2_000;

  private final List<OpenPort> ports = new ArrayList<>();
  private final List<Runnable> releases = new ArrayList<>();

  private Optional<TlsServer> tls = Optional.empty();

  private Resources() {}

  /** What was opened before a failure is given back. */
  static Resources open(
      EndpointSettings settings, Beans beans, SharedLoops sharedLoops, LongSupplier ids)
      throws ResourceException {
    Resources resources = new Resources();
    try {
      resources.fill(settings, beans, sharedLoops, ids);
      return resources;
    } catch (InvalidSettingException wrong) {
      resources.abandon();
      throw TcpActivationSpec.invalid(wrong);
    } catch (ResourceException | RuntimeException failed) {
      resources.abandon();
      throw failed;
    }
  }

  private void fill(
      EndpointSettings settings, Beans beans, SharedLoops sharedLoops, LongSupplier ids)
      throws ResourceException {
    if (settings.ports().isEmpty()) {
      return;
    }
    tls = settings.tls().map(from -> TlsServer.of(settings.name(), from));
    tls.filter(TlsServer::beginsAtActivation).ifPresent(TlsServer::begin);
    if (settings.concurrency() == Concurrency.THREAD) {
      for (int number : settings.ports()) {
        add(settings, number, () -> ThreadPort.open(settings, number, beans, ids, tls));
      }
      return;
    }
    EventLoops loops = loops(settings, sharedLoops);
    Optional<Workers> workers = workers(settings, beans);
    for (int number : settings.ports()) {
      add(
          settings,
          number,
          () -> SelectorPort.open(settings, number, beans, ids, loops, workers, tls));
    }
  }

  private EventLoops loops(EndpointSettings settings, SharedLoops sharedLoops) {
    if (settings.eventLoops() == 0) {
      releases.add(sharedLoops::release);
      return sharedLoops.acquire();
    }
    EventLoops own = new EventLoops(settings.name() + "-loop", settings.eventLoops());
    releases.add(own::stop);
    return own;
  }

  private Optional<Workers> workers(EndpointSettings settings, Beans beans) {
    if (settings.execution() == Execution.EVENT_LOOP) {
      return Optional.empty();
    }
    Workers workers = new Workers(settings.name(), settings.workers(), beans);
    releases.add(0, () -> workers.stop(WORKERS_STOP_MILLIS));
    return Optional.of(workers);
  }

  private interface Opening {
    OpenPort open() throws Exception;
  }

  private void add(EndpointSettings settings, int number, Opening opening)
      throws ResourceException {
    try {
      ports.add(opening.open());
    } catch (Exception refused) {
      throw new ResourceException(
          Failure.PORT_REFUSED.text(
              settings.name(),
              settings.bindAddress().getHostAddress(),
              number,
              refused.getMessage()),
          refused);
    }
  }

  private void abandon() {
    ports.forEach(OpenPort::beginStop);
    ports.forEach(OpenPort::cut);
    close();
  }

  List<OpenPort> ports() {
    return ports;
  }

  /**
   * Takes connections; the container gives beans by now.
   *
   * @throws InvalidSettingException if the application has not made the TLS files
   */
  void serve() {
    tls.ifPresent(TlsServer::begin);
    ports.forEach(OpenPort::serve);
  }

  int connections() {
    return ports.stream().mapToInt(port -> port.port().figures().getOpen()).sum();
  }

  /** Ends the threads; the ports are closed already. */
  void close() {
    releases.forEach(Runnable::run);
  }
}
