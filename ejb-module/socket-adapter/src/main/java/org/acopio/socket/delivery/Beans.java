package org.acopio.socket.delivery;

import jakarta.resource.NotSupportedException;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import org.acopio.socket.CloseReason;
import org.acopio.socket.TcpConnection;
import org.acopio.socket.TcpListener;
import org.acopio.socket.TcpTurn;
import org.acopio.socket.settings.Failure;
import org.jspecify.annotations.Nullable;

/** Makes beans for one activation. Thread-safe. */
public final class Beans {
  private static final Logger LOG = System.getLogger(Beans.class.getName());
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  /** The methods of the listener. */
  enum Step {
    OPENED("opened", TcpConnection.class),
    MESSAGE("message", TcpConnection.class, ByteBuffer.class),
    MESSAGES("messages", TcpTurn.class),
    INPUT_ENDED("inputEnded", TcpConnection.class),
    CLOSED("closed", TcpConnection.class, CloseReason.class);

    private final String name;
    private final Class<?>[] parameters;

    Step(String name, Class<?>... parameters) {
      this.name = name;
      this.parameters = parameters;
    }

    Method method() throws NoSuchMethodException {
      return TcpListener.class.getMethod(name, parameters);
    }
  }

  private final String endpoint;
  private final MessageEndpointFactory factory;
  private final Map<Step, Method> transacted = new EnumMap<>(Step.class);

  /**
   * Asks the container which deliveries are transacted.
   *
   * @param endpoint name of the activation
   * @throws NotSupportedException if the bean has not the methods of the listener
   */
  public Beans(String endpoint, MessageEndpointFactory factory) throws NotSupportedException {
    this.endpoint = endpoint;
    this.factory = factory;
    try {
      for (Step step : Step.values()) {
        if (factory.isDeliveryTransacted(step.method())) {
          transacted.put(step, step.method());
        }
      }
    } catch (NoSuchMethodException absent) {
      throw new NotSupportedException(
          Failure.NO_LISTENER.text(endpoint, TcpListener.class.getName(), absent.getMessage()),
          absent);
    }
  }

  String endpoint() {
    return endpoint;
  }

  /** The method to announce before a delivery; {@code null} when it is not transacted. */
  @Nullable Method transacted(Step step) {
    return transacted.get(step);
  }

  /** A bean for one thread at a time; the container is asked for it at its first delivery. */
  public Bean bean() {
    return new Bean(this);
  }

  /**
   * Waits until the container gives beans: it may refuse for as long as the application starts
   * (Jakarta Connectors 2.1, Message Inflow: {@code UnavailableException} is worth another try).
   *
   * @return a bean that is ready
   * @throws InterruptedException if the activation ends meanwhile
   */
  public Bean awaitFirst() throws InterruptedException {
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      try {
        return new Bean(this, create());
      } catch (UnavailableException unavailable) {
        Level level = pause < LONGEST_PAUSE_MILLIS ? Level.DEBUG : Level.WARNING;
        LOG.log(level, Failure.BEAN_UNAVAILABLE.text(endpoint, unavailable.getMessage()));
      }
      Thread.sleep(pause);
      pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
    }
  }

  /** No XAResource: sockets take no part in transactions. */
  MessageEndpoint create() throws UnavailableException {
    return factory.createEndpoint(null);
  }
}
