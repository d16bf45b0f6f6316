package org.acopio.client.send;

import java.io.IOException;
import java.rmi.NotBoundException;
import java.rmi.Remote;
import java.rmi.RemoteException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.acopio.remote.FileCollector;
import org.acopio.remote.Parity;
import org.acopio.remote.ParityException;
import org.acopio.remote.ParityService;
import org.acopio.remote.ServerInfo;

/**
 * A connection to a server for single questions. Every call can be repeated; one that finds the
 * connection broken connects anew once. Safe for use by several threads.
 */
public final class ServerConnection implements AutoCloseable {
  private static final int CALLS = 7;

  private final ServerAddress server;
  private final Dialer dialer = Dialer.install();
  private final Line line;
  private final Access access;
  private volatile boolean closed;

  private ServerConnection(ServerAddress server, Identities identities, SendListener listener) {
    this.server = server;
    this.line = dialer.hold(server);
    this.access = new Access(server, line, identities, listener);
  }

  /**
   * A connection to a server that answers.
   *
   * @param patience how long a server that does not answer is waited for
   * @param identities who this PC is for which server
   * @throws SendException {@code UNREACHABLE}, {@code REFUSED}, {@code INTERRUPTED}
   */
  public static ServerConnection open(
      ServerAddress server, Identities identities, Duration patience, SendListener listener)
      throws SendException {
    ServerConnection connection = new ServerConnection(server, identities, listener);
    Patience left = new Patience(patience, listener);
    try {
      while (true) {
        try {
          connection.access.show();
          connection.lookup(FileCollector.NAME, FileCollector.class).describe();
          return connection;
        } catch (IOException | NotBoundException | RuntimeException e) {
          Throwable reason = connection.reason(e);
          if (Troubles.last(reason)) {
            throw Troubles.end(server, reason);
          }
          left.failed(Troubles.ofServer(server, reason), reason);
        }
      }
    } catch (InterruptedException e) {
      connection.close();
      Thread.currentThread().interrupt();
      throw new SendException(SendException.Kind.INTERRUPTED, Troubles.interrupted(server), e);
    } catch (SendException e) {
      connection.close();
      throw e;
    }
  }

  /** Over TLS a server ends the calls of a PC that it refuses without a word; this asks for it. */
  private Throwable reason(Exception failure) {
    if (line.tls() != null && !Troubles.last(failure)) {
      try {
        access.question();
      } catch (AccessException e) {
        return e;
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
    return failure;
  }

  /** What the server says of itself, and how fast. */
  public ServerStatus status() throws SendException {
    return ask(
        () -> {
          FileCollector collector = lookup(FileCollector.NAME, FileCollector.class);
          ServerInfo info = collector.describe();
          long[] nanos = new long[CALLS];
          for (int i = 0; i < CALLS; i++) {
            long start = System.nanoTime();
            info = collector.describe();
            nanos[i] = System.nanoTime() - start;
          }
          Arrays.sort(nanos);
          return new ServerStatus(
              info.version(),
              info.protocol(),
              info.protocol() == FileCollector.PROTOCOL,
              info.storeId(),
              info.now(),
              Duration.ofNanos(nanos[0]),
              Duration.ofNanos(nanos[CALLS / 2]));
        });
  }

  /** Whether {@code number} is even. */
  public Evenness evenness(long number) throws SendException {
    return ask(() -> of(parity().isEven(number)));
  }

  /**
   * For each number whether it is even, in order; at most 10,000.
   *
   * @throws ParityRefusedException {@code TOO_MANY}
   */
  public List<Evenness> evenness(long[] numbers) throws SendException, ParityRefusedException {
    return askParity(
        () -> {
          List<Evenness> answers = new ArrayList<>();
          for (boolean even : parity().areEven(numbers)) {
            answers.add(of(even));
          }
          return answers;
        });
  }

  /**
   * Whether a decimal integer of up to a million digits is even.
   *
   * @throws ParityRefusedException {@code EMPTY}, {@code NOT_AN_INTEGER}, {@code TOO_LONG}
   */
  public Evenness evenness(String decimal) throws SendException, ParityRefusedException {
    return askParity(() -> of(parity().parityOf(decimal) == Parity.EVEN));
  }

  /**
   * For each decimal integer whether it is even, in order; the first one that is none fails the
   * call, and the message names its place.
   *
   * @throws ParityRefusedException as for one, and {@code TOO_MANY}
   */
  public List<Evenness> evenness(List<String> decimals)
      throws SendException, ParityRefusedException {
    return askParity(
        () ->
            parity().paritiesOf(new ArrayList<>(decimals)).stream()
                .map(parity -> of(parity == Parity.EVEN))
                .toList());
  }

  private static Evenness of(boolean even) {
    return even ? Evenness.EVEN : Evenness.ODD;
  }

  private ParityService parity() throws RemoteException, NotBoundException {
    return lookup(ParityService.NAME, ParityService.class);
  }

  private <T extends Remote> T lookup(String name, Class<T> type)
      throws RemoteException, NotBoundException {
    return Lifeline.lookup(dialer, server, name, type);
  }

  private <T> T askParity(Question<T> question) throws SendException, ParityRefusedException {
    try {
      return attempt(question);
    } catch (ParityException e) {
      throw new ParityRefusedException(
          ParityRefusedException.Reason.of(e.reason()), String.valueOf(e.getMessage()), e);
    }
  }

  private <T> T ask(Question<T> question) throws SendException {
    try {
      return attempt(question);
    } catch (ParityException e) {
      throw new IllegalStateException("the server refused a question that it cannot refuse", e);
    }
  }

  private <T> T attempt(Question<T> question) throws SendException, ParityException {
    if (closed) {
      throw new IllegalStateException("the connection to " + server + " is closed");
    }
    try {
      return question.ask();
    } catch (RemoteException | NotBoundException | RuntimeException first) {
      try {
        return question.ask();
      } catch (RemoteException | NotBoundException | RuntimeException e) {
        e.addSuppressed(first);
        Throwable reason = reason(e);
        if (Troubles.last(reason)) {
          throw Troubles.end(server, reason);
        }
        throw new SendException(SendException.Kind.UNREACHABLE, Troubles.ofServer(server, e), e);
      }
    }
  }

  /** Closes all sockets. Again is harmless. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      line.close();
    }
  }

  private interface Question<T> {
    T ask() throws RemoteException, NotBoundException, ParityException;
  }
}
