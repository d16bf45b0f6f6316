package org.acopio.socket.adapter;

import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.XAResource;
import org.acopio.socket.CloseReason;
import org.acopio.socket.TcpConnection;
import org.acopio.socket.TcpListener;
import org.acopio.socket.TcpTurn;
import org.jspecify.annotations.Nullable;

/**
 * A container as far as the adapter sees one: it gives proxies of one listener, and complains when
 * a proxy is used in a way that a container would not stand.
 */
final class FakeContainer implements MessageEndpointFactory {
  final TcpListener listener;
  final AtomicInteger created = new AtomicInteger();
  final AtomicInteger released = new AtomicInteger();
  final AtomicInteger refusals = new AtomicInteger();
  final Set<String> transacted = ConcurrentHashMap.newKeySet();
  final List<String> calls = new CopyOnWriteArrayList<>();
  final List<String> complaints = new CopyOnWriteArrayList<>();

  FakeContainer(TcpListener listener) {
    this.listener = listener;
  }

  /** The next so many proxies are not available. */
  FakeContainer refusing(int times) {
    refusals.set(times);
    return this;
  }

  FakeContainer transacting(String method) {
    transacted.add(method);
    return this;
  }

  @Override
  public MessageEndpoint createEndpoint(@Nullable XAResource resource) throws UnavailableException {
    if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new UnavailableException("the application starts");
    }
    created.incrementAndGet();
    return new Proxy();
  }

  @Override
  public MessageEndpoint createEndpoint(@Nullable XAResource resource, long timeout)
      throws UnavailableException {
    return createEndpoint(resource);
  }

  @Override
  public boolean isDeliveryTransacted(Method method) throws NoSuchMethodException {
    TcpListener.class.getMethod(method.getName(), method.getParameterTypes());
    return transacted.contains(method.getName());
  }

  @Override
  public String getActivationName() {
    return "fake";
  }

  @Override
  public Class<?> getEndpointClass() {
    return listener.getClass();
  }

  private final class Proxy implements MessageEndpoint, TcpListener {
    private final Set<Thread> inside = new HashSet<>();
    private @Nullable Method announced;
    private boolean released;

    @Override
    public void beforeDelivery(Method method) {
      announced = method;
      calls.add("before " + method.getName());
    }

    @Override
    public void afterDelivery() {
      if (announced == null) {
        complaints.add("afterDelivery without beforeDelivery");
      } else {
        calls.add("after " + announced.getName());
      }
      announced = null;
    }

    @Override
    public void release() {
      if (released) {
        complaints.add("released twice");
      }
      released = true;
      FakeContainer.this.released.incrementAndGet();
    }

    @Override
    public void opened(TcpConnection connection) {
      call("opened", () -> listener.opened(connection));
    }

    @Override
    public void message(TcpConnection connection, ByteBuffer message) {
      if (!message.isReadOnly()) {
        complaints.add("a message that can be written to");
      }
      call("message", () -> listener.message(connection, message));
    }

    @Override
    public void messages(TcpTurn turn) {
      call("messages", () -> listener.messages(turn));
    }

    @Override
    public void inputEnded(TcpConnection connection) {
      call("inputEnded", () -> listener.inputEnded(connection));
    }

    @Override
    public void closed(TcpConnection connection, CloseReason reason) {
      call("closed", () -> listener.closed(connection, reason));
    }

    private void call(String method, Runnable delivery) {
      enter(method);
      try {
        delivery.run();
      } finally {
        leave();
      }
    }

    private synchronized void enter(String method) {
      if (released) {
        complaints.add(method + " on a released endpoint");
      }
      if (!inside.isEmpty()) {
        complaints.add(method + " while another delivery runs");
      }
      if (transacted.contains(method) != (announced != null)) {
        complaints.add(method + " announced: " + (announced != null));
      }
      inside.add(Thread.currentThread());
    }

    private synchronized void leave() {
      inside.remove(Thread.currentThread());
    }
  }
}
