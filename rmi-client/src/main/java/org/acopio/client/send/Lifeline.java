package org.acopio.client.send;

import java.io.IOException;
import java.rmi.NoSuchObjectException;
import java.rmi.NotBoundException;
import java.rmi.Remote;
import java.rmi.RemoteException;
import java.rmi.registry.LocateRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.acopio.remote.Batch;
import org.acopio.remote.CollectorException;
import org.acopio.remote.FileCollector;
import org.acopio.remote.Hello;
import org.acopio.remote.Ticket;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one link to a server for a whole run. Whichever call fails first declares the link lost;
 * whoever needs it first opens the next one, and all others wait for that. Safe for use by several
 * threads.
 */
final class Lifeline implements AutoCloseable {
  private final ServerAddress server;
  private final Hello hello;
  private final SendListener listener;
  private final Patience patience;
  private final Dialer dialer = Dialer.install();
  private final Line line;
  private final Access access;

  private @Nullable Link current;
  private @Nullable Throwable loss;

  /** Where the last ticket came from: over a far line looking it up again takes long. */
  private volatile @Nullable FileCollector known;

  private boolean connecting;
  private boolean ended;
  private boolean closed;

  Lifeline(
      ServerAddress server,
      Hello hello,
      Identities identities,
      Duration patience,
      SendListener listener) {
    this.server = server;
    this.hello = hello;
    this.listener = listener;
    this.patience = new Patience(patience, listener);
    this.line = dialer.hold(server);
    this.access = new Access(server, line, identities, listener);
  }

  /**
   * Looks at what this PC has to show; sends nothing.
   *
   * @throws SendException {@code REFUSED} when that is not enough
   */
  void prepare() throws SendException {
    try {
      access.prepare();
    } catch (AccessException e) {
      throw Troubles.end(server, e);
    }
  }

  /** The present link; waits for one as long as patience lasts. */
  Link link() throws SendException, InterruptedException {
    Throwable lost;
    synchronized (this) {
      while (current == null && connecting && !ended) {
        wait();
      }
      if (ended) {
        throw new InterruptedException("the run has ended");
      }
      if (current != null) {
        return current;
      }
      connecting = true;
      lost = loss;
      loss = null;
    }
    Link opened = null;
    try {
      opened = open(lost);
      return opened;
    } finally {
      settle(opened);
    }
  }

  /** One try to get a link before it is needed; {@link #link} tells what is wrong. */
  Optional<Link> tryLink() {
    synchronized (this) {
      if (current != null || connecting || ended) {
        return Optional.empty();
      }
      connecting = true;
    }
    Link opened = null;
    try {
      opened = open();
    } catch (IOException | NotBoundException | CollectorException | RuntimeException e) {
      // The link that is asked for later fails for the same reason, and then it matters.
      return Optional.empty();
    } finally {
      settle(opened);
    }
    return Optional.of(opened);
  }

  /** Makes a small call, so that there is a connection for a large one. */
  void touch(Link link) {
    try {
      link.collector().describe();
    } catch (RemoteException | RuntimeException e) {
      // The call that needs the connection opens it.
      return;
    }
  }

  private synchronized void settle(@Nullable Link opened) {
    connecting = false;
    current = opened;
    notifyAll();
  }

  /**
   * Calls the server.
   *
   * @throws LinkLostException when the link is of no use any more
   * @throws SendException {@code REFUSED} when trying again is of no use
   */
  <T> T call(Link link, Call<T> call) throws LinkLostException, SendException {
    try {
      return call.on(link.collector(), link.ticket().id());
    } catch (CollectorException e) {
      if (!e.code().retryable()) {
        throw refused(e);
      }
      throw lost(link, e, false);
    } catch (RemoteException | RuntimeException e) {
      if (DialedSocket.hungUp(e)) {
        // A socket of an earlier link; this one is as good as it was.
        throw new LinkLostException(e);
      }
      throw lost(link, e, true);
    }
  }

  /** The answers of a batch, one for each of {@code asked} items. */
  <T> List<T> answers(Link link, int asked, Class<T> type, Call<Batch<T>> call)
      throws LinkLostException, SendException {
    List<T> answers = call(link, (c, ticket) -> call.on(c, ticket).items(type));
    if (answers.size() != asked) {
      throw lost(
          link,
          new IllegalStateException(
              "the server gave " + answers.size() + " answers to " + asked + " questions"),
          true);
    }
    return answers;
  }

  /** Something went on: patience starts anew. */
  void progress() {
    patience.progress();
  }

  private synchronized LinkLostException lost(Link link, Exception cause, boolean broken) {
    if (current == link) {
      current = null;
      loss = cause;
      if (broken) {
        // Other calls may wait for answers that will never come. Before anybody can connect anew.
        line.hangUp();
        access.doubt();
      }
    }
    return new LinkLostException(cause);
  }

  private Link open(@Nullable Throwable lost) throws SendException, InterruptedException {
    Throwable failure = lost;
    if (harmless(failure) && patience.spare()) {
      failure = null;
    }
    while (true) {
      if (failure != null) {
        patience.failed(Troubles.ofServer(server, failure), failure);
      }
      try {
        return open();
      } catch (CollectorException e) {
        if (!e.code().retryable()) {
          throw refused(e);
        }
        failure = e;
      } catch (IOException | NotBoundException | RuntimeException e) {
        if (Troubles.last(e)) {
          throw Troubles.end(server, e);
        }
        if (DialedSocket.hungUp(e)) {
          failure = null;
        } else {
          access.doubt();
          failure = e;
        }
      }
      if (Thread.interrupted()) {
        throw new InterruptedException("while " + server + " was called");
      }
    }
  }

  private Link open() throws IOException, NotBoundException, CollectorException {
    access.checkIn(hello);
    FileCollector collector = known;
    if (collector != null) {
      try {
        return open(collector);
      } catch (NoSuchObjectException e) {
        // Its server was started anew, and has others.
        known = null;
      }
    }
    collector = lookup(dialer, server, FileCollector.NAME, FileCollector.class);
    Link opened = open(collector);
    known = collector;
    return opened;
  }

  private Link open(FileCollector collector) throws RemoteException, CollectorException {
    Ticket ticket = collector.open(access.hello(hello));
    listener.connected(ticket.folder());
    return new Link(collector, ticket);
  }

  /** A ticket that expired or one lost connection says nothing of the server: no pause for them. */
  private static boolean harmless(@Nullable Throwable failure) {
    return failure instanceof CollectorException e
        ? e.code() == CollectorException.Code.TICKET_UNKNOWN
        : failure instanceof RemoteException;
  }

  private SendException refused(CollectorException e) {
    ServerTrouble trouble =
        e.code() == CollectorException.Code.VERSION_MISMATCH
            ? Troubles.otherVersion(server, serverProtocol(), e)
            : Troubles.ofServer(server, e);
    return new SendException(SendException.Kind.REFUSED, trouble, e);
  }

  /** What the server says that it speaks; 0 when it does not say. */
  private int serverProtocol() {
    try {
      return lookup(dialer, server, FileCollector.NAME, FileCollector.class).describe().protocol();
    } catch (RemoteException | NotBoundException | RuntimeException e) {
      // It has refused already, and this would only have told more of why.
      return 0;
    }
  }

  /** The stub under a name in the registry of a server. */
  static <T extends Remote> T lookup(
      Dialer dialer, ServerAddress server, String name, Class<T> type)
      throws RemoteException, NotBoundException {
    try {
      return type.cast(
          dialer.learning(
              server, () -> LocateRegistry.getRegistry(server.host(), server.port()).lookup(name)));
    } catch (RemoteException | NotBoundException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new RemoteException("lookup of " + name + " failed", e);
    }
  }

  Line line() {
    return line;
  }

  /**
   * Lets nobody through any more and ends the ticket, when there is one, or one is being opened,
   * and the server can be asked.
   */
  void closeTicket() throws InterruptedException {
    Link link;
    synchronized (this) {
      end();
      while (connecting) {
        wait();
      }
      link = current;
      current = null;
    }
    if (link != null) {
      try {
        link.collector().close(link.ticket().id());
      } catch (RemoteException | CollectorException | RuntimeException e) {
        // The ticket expires by itself; every receipt was given before.
        return;
      }
    }
  }

  /** Lets nobody through any more. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Closes all sockets. Again is harmless. */
  @Override
  public void close() {
    boolean first;
    synchronized (this) {
      first = !closed;
      closed = true;
    }
    end();
    if (first) {
      line.close();
    }
  }

  /** A call of the collector with a ticket. */
  interface Call<T> {
    T on(FileCollector collector, String ticket) throws RemoteException, CollectorException;
  }
}
