package org.acopio.session;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells listeners what happens. Costs nothing, not even a thread, while there is none. */
final class Events implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Events.class.getName());
  private static final int CAPACITY = 10_000;
  private static final int BATCH = 1_000;

  private final List<SessionListener> listeners = new CopyOnWriteArrayList<>();
  private volatile @Nullable Mailbox<Consumer<SessionListener>> mailbox;
  private boolean closed;

  synchronized void add(SessionListener listener) {
    listeners.add(listener);
    if (mailbox == null && !closed) {
      mailbox =
          new Mailbox<>("acopio-session-events", CAPACITY, BATCH, Duration.ZERO, this::tellAll);
    }
  }

  void remove(SessionListener listener) {
    listeners.remove(listener);
  }

  void added(Session session) {
    send(listener -> listener.added(session));
  }

  void ended(EndedSession session) {
    send(listener -> listener.ended(session));
  }

  private void send(Consumer<SessionListener> event) {
    Mailbox<Consumer<SessionListener>> running = mailbox;
    if (running != null && !listeners.isEmpty()) {
      running.offer(event);
    }
  }

  private boolean tellAll(List<Consumer<SessionListener>> events) {
    for (Consumer<SessionListener> event : events) {
      for (SessionListener listener : listeners) {
        try {
          event.accept(listener);
        } catch (RuntimeException e) {
          LOG.log(Level.WARNING, "a listener to sessions failed: " + listener, e);
        }
      }
    }
    return true;
  }

  @Override
  public void close() {
    Mailbox<Consumer<SessionListener>> running;
    synchronized (this) {
      closed = true;
      running = mailbox;
    }
    if (running != null) {
      running.close();
    }
  }
}
