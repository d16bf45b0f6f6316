package org.acopio.socket.delivery;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import org.acopio.socket.CloseReason;
import org.acopio.socket.TcpConnection;
import org.acopio.socket.TcpListener;
import org.acopio.socket.TcpTurn;
import org.acopio.socket.delivery.Beans.Step;
import org.acopio.socket.settings.Failure;
import org.jspecify.annotations.Nullable;

/**
 * One message endpoint of the container, kept over many deliveries: making one for each message, or
 * one for each connection, costs more than the delivery and exhausts the container's bean pool.
 * After a failure it is released and another one is made for the next delivery.
 *
 * <p>For one thread at a time. The methods that deliver return {@code false} when the listener, or
 * the container around it, failed; that is logged here.
 */
public final class Bean implements Recipient {
  private static final Logger LOG = System.getLogger(Bean.class.getName());

  private final Beans beans;
  private @Nullable MessageEndpoint endpoint;
  private boolean spent;

  Bean(Beans beans) {
    this.beans = beans;
  }

  Bean(Beans beans, MessageEndpoint endpoint) {
    this.beans = beans;
    this.endpoint = endpoint;
  }

  @Override
  public boolean opened(TcpConnection connection) {
    return deliver(connection, Step.OPENED, listener -> listener.opened(connection));
  }

  /** Written out, not as a lambda, because it runs for every message. */
  @Override
  public boolean message(TcpConnection connection, ByteBuffer message) {
    try {
      MessageEndpoint ready = ready();
      Method transacted = beans.transacted(Step.MESSAGE);
      if (transacted == null) {
        ((TcpListener) ready).message(connection, message);
      } else {
        inTransaction(ready, transacted, listener -> listener.message(connection, message));
      }
      return true;
    } catch (RuntimeException | Error | NoSuchMethodException | ResourceException failure) {
      return failed(connection, failure);
    }
  }

  /** One call of the container for all that a turn brought. */
  public boolean messages(TcpTurn turn) {
    boolean called = true;
    try {
      call(Step.MESSAGES, listener -> listener.messages(turn));
    } catch (RuntimeException | Error | NoSuchMethodException | ResourceException failure) {
      LOG.log(Level.WARNING, Failure.TURN_FAILED.text(beans.endpoint()), failure);
      called = false;
    }
    if (spent || !called) {
      spent = false;
      discard();
    }
    return called;
  }

  /** The call came back, and the turn was not taken. */
  public void turnIgnored() {
    LOG.log(Level.WARNING, Failure.TURN_FAILED.text(beans.endpoint()));
  }

  /**
   * Calls a listener directly, inside a call of the container's that is on its way. After a failure
   * the bean is not used beyond that call.
   */
  public Recipient inside(TcpListener listener) {
    return new Inside(listener);
  }

  @Override
  public boolean inputEnded(TcpConnection connection) {
    return deliver(connection, Step.INPUT_ENDED, listener -> listener.inputEnded(connection));
  }

  @Override
  public boolean closed(TcpConnection connection, CloseReason reason) {
    return deliver(connection, Step.CLOSED, listener -> listener.closed(connection, reason));
  }

  /** Gives the endpoint back to the container; another is made if there is a next delivery. */
  public void release() {
    MessageEndpoint released = endpoint;
    endpoint = null;
    if (released != null) {
      released.release();
    }
  }

  private interface Call {
    void on(TcpListener listener);
  }

  private boolean deliver(TcpConnection connection, Step step, Call call) {
    try {
      call(step, call);
      return true;
    } catch (RuntimeException | Error | NoSuchMethodException | ResourceException failure) {
      return failed(connection, failure);
    }
  }

  private void call(Step step, Call call) throws NoSuchMethodException, ResourceException {
    MessageEndpoint ready = ready();
    Method transacted = beans.transacted(step);
    if (transacted == null) {
      call.on((TcpListener) ready);
    } else {
      inTransaction(ready, transacted, call);
    }
  }

  /** What was begun is ended also when the listener throws, or the transaction would stay open. */
  private static void inTransaction(MessageEndpoint endpoint, Method method, Call call)
      throws NoSuchMethodException, ResourceException {
    endpoint.beforeDelivery(method);
    try {
      call.on((TcpListener) endpoint);
    } finally {
      endpoint.afterDelivery();
    }
  }

  private MessageEndpoint ready() throws UnavailableException {
    MessageEndpoint current = endpoint;
    if (current == null) {
      current = beans.create();
      endpoint = current;
    }
    return current;
  }

  private boolean failed(TcpConnection connection, Throwable failure) {
    tell(connection, failure);
    discard();
    return false;
  }

  private void tell(TcpConnection connection, Throwable failure) {
    LOG.log(
        Level.WARNING,
        Failure.LISTENER_FAILED.text(beans.endpoint(), connection.id(), connection.remoteAddress()),
        failure);
  }

  private void discard() {
    try {
      release();
    } catch (RuntimeException second) {
      LOG.log(Level.DEBUG, "a failed message endpoint could not be released", second);
    }
  }

  /** The listener itself; the container stands around the whole turn. */
  private final class Inside implements Recipient {
    private final TcpListener listener;

    Inside(TcpListener listener) {
      this.listener = listener;
    }

    @Override
    public boolean opened(TcpConnection connection) {
      return call(connection, called -> called.opened(connection));
    }

    @Override
    public boolean message(TcpConnection connection, ByteBuffer message) {
      try {
        listener.message(connection, message);
        return true;
      } catch (RuntimeException | Error failure) {
        return failedInside(connection, failure);
      }
    }

    @Override
    public boolean inputEnded(TcpConnection connection) {
      return call(connection, called -> called.inputEnded(connection));
    }

    @Override
    public boolean closed(TcpConnection connection, CloseReason reason) {
      return call(connection, called -> called.closed(connection, reason));
    }

    private boolean call(TcpConnection connection, Call call) {
      try {
        call.on(listener);
        return true;
      } catch (RuntimeException | Error failure) {
        return failedInside(connection, failure);
      }
    }

    private boolean failedInside(TcpConnection connection, Throwable failure) {
      tell(connection, failure);
      spent = true;
      return false;
    }
  }
}
