package org.acopio.socket.adapter;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.acopio.socket.delivery.Beans;
import org.acopio.socket.delivery.OpenPort;
import org.acopio.socket.selector.SharedLoops;
import org.acopio.socket.settings.EndpointSettings;
import org.acopio.socket.settings.Failure;
import org.acopio.socket.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/** One activation: its ports from the time they are open to the time they are free again. */
final class Activation {
  private static final Logger LOG = System.getLogger(Activation.class.getName());

  private final EndpointSettings settings;
  private final Beans beans;
  private final Resources resources;
  private final Registrations registrations;
  private final Thread starter;
  private @Nullable Long stopBegan;

  private Activation(
      EndpointSettings settings, Beans beans, Resources resources, Registrations registrations) {
    this.settings = settings;
    this.beans = beans;
    this.resources = resources;
    this.registrations = registrations;
    this.starter = new Thread(this::serveOnceReady, settings.name() + "-start");
  }

  /**
   * Opens all ports, or none.
   *
   * @param ids gives each connection its number
   */
  static Activation open(
      MessageEndpointFactory factory,
      EndpointSettings settings,
      SharedLoops sharedLoops,
      LongSupplier ids)
      throws ResourceException {
    Beans beans = new Beans(settings.name(), factory);
    Resources resources = Resources.open(settings, beans, sharedLoops, ids);
    Registrations registrations = new Registrations(settings.name());
    resources.ports().forEach(open -> registrations.add(open.port()));
    Activation activation = new Activation(settings, beans, resources, registrations);
    activation.starter.setDaemon(true);
    activation.starter.start();
    return activation;
  }

  /**
   * The container may give beans only after the activation has returned, so that connections wait
   * in the backlog meanwhile instead of failing.
   */
  private void serveOnceReady() {
    if (resources.ports().isEmpty()) {
      return;
    }
    try {
      beans.awaitFirst().release();
      resources.serve();
    } catch (InterruptedException ended) {
      LOG.log(Level.DEBUG, "endpoint {0} ended before its bean was there", settings.name());
    } catch (InvalidSettingException wrong) {
      // Whoever connects is refused, instead of waiting for ever.
      resources.ports().forEach(OpenPort::beginStop);
      LOG.log(Level.ERROR, Failure.TLS_MISSING.text(settings.name(), wrong.getMessage()));
    } catch (RejectedExecutionException ended) {
      LOG.log(Level.DEBUG, "endpoint {0} ended before it served", settings.name());
    } catch (RuntimeException failed) {
      LOG.log(
          Level.ERROR, Failure.BEAN_UNAVAILABLE.text(settings.name(), failed.getMessage()), failed);
    }
  }

  /** Refuses new connections and lets the others come to their end. */
  void beginStop() {
    starter.interrupt();
    stopBegan = System.nanoTime();
    resources.ports().forEach(OpenPort::beginStop);
  }

  /** Waits for the connections as long as they may take; then everything is free. */
  void end() {
    int before = resources.connections();
    if (!settings.drainTimeout().isZero()) {
      drain();
    }
    int left = resources.ports().stream().mapToInt(OpenPort::cut).sum();
    if (left > 0) {
      LOG.log(
          Level.WARNING,
          Failure.CUT.text(settings.name(), left, settings.drainTimeout(), before - left));
    }
    resources.close();
    registrations.close();
  }

  private void drain() {
    try {
      for (OpenPort port : resources.ports()) {
        port.awaitConnections(remaining());
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration remaining() {
    Long began = stopBegan;
    long passed = began == null ? 0 : System.nanoTime() - began;
    Duration left = settings.drainTimeout().minusNanos(passed);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** The ports, for tests. */
  List<OpenPort> ports() {
    return resources.ports();
  }
}
