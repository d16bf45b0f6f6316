package org.acopio.client.send;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.acopio.client.scan.MediaFile;
import org.acopio.remote.FileCollector;
import org.acopio.remote.Hello;
import org.acopio.remote.Parts;

/**
 * Brings files to a server: one run of an agent. Outlasts lost connections and restarts of the
 * server, and goes on inside files. For one call of {@link #send}; to be closed when that is not
 * called.
 */
public final class Sender implements AutoCloseable {
  /** How long a write may wait for a peer that takes no byte. */
  private static final Duration STALLED = Duration.ofMinutes(2);

  private static final Duration FAREWELL = Duration.ofSeconds(10);
  private static final Duration SHORT_FAREWELL = Duration.ofMillis(500);
  private static final int OFFERERS = 2;
  private static final int FINISHERS = 2;

  private final ServerAddress server;
  private final Options options;
  private final SendListener listener;
  private final Duration firstDelay;
  private final Lifeline lifeline;
  private final Crew warmers = new Crew(failure -> {});
  private boolean used;
  private boolean parted;

  /** Does not connect yet. */
  public Sender(ServerAddress server, Options options, SendListener listener) {
    this(server, options, listener, Outcomes.FIRST_DELAY);
  }

  Sender(ServerAddress server, Options options, SendListener listener, Duration firstDelay) {
    this.server = Objects.requireNonNull(server, "server");
    this.firstDelay = firstDelay;
    this.options = Objects.requireNonNull(options, "options");
    this.listener = Objects.requireNonNull(listener, "listener");
    Hello hello =
        new Hello(
            FileCollector.PROTOCOL, options.agentKey(), options.agentVersion(), options.hostName());
    this.lifeline = new Lifeline(server, hello, options.identities(), options.patience(), listener);
  }

  /**
   * Tells before anything is sent what this PC lacks for this server.
   *
   * @throws SendException {@code REFUSED} when it is not enrolled there and has to be, or its
   *     identity cannot be read
   */
  public void prepare() throws SendException {
    lifeline.prepare();
  }

  /**
   * Begins to connect and returns at once, so that connections stand when files were found. Says
   * nothing when that fails; {@link #send} tries again. A first run also gets its lanes and its
   * hashing ready, which a run that finds nothing new would do in vain.
   */
  public void warmUp() {
    if (options.firstRun()) {
      warmers.start("warm-up", 1, this::connectLanes);
      warmers.start("warm-hash", 1, ContentReader::warmUp);
    } else {
      warmers.start("warm-up", 1, lifeline::tryLink);
    }
  }

  private void connectLanes() {
    Optional<Link> link = lifeline.tryLink();
    if (link.isPresent()) {
      int lanes = Math.min(options.lanes(), link.get().ticket().lanes());
      Crew crew = new Crew(failure -> {});
      crew.start("warm-lane", lanes, () -> lifeline.touch(link.get()));
      crew.join();
    }
  }

  /**
   * The size in bytes of a part of a file of {@code size} bytes; the others differ by one at most.
   */
  public static long partBytes(long size) {
    return Parts.length(0, size);
  }

  /**
   * Sends files, and returns when each has its final result. Files may change, go and come back
   * meanwhile, and so may the server.
   *
   * @throws SendException when the run could not go on; what the listener heard of holds. After
   *     {@code INTERRUPTED} the thread's interrupt flag is set
   */
  public SendSummary send(List<MediaFile> files) throws SendException {
    if (used) {
      throw new IllegalStateException("a sender is for one run; make another");
    }
    used = true;
    long start = System.nanoTime();
    Tally tally = new Tally(listener);
    if (!files.isEmpty()) {
      run(files, tally);
    }
    close();
    return tally.summary(files, Duration.ofNanos(System.nanoTime() - start));
  }

  private void run(List<MediaFile> files, Tally tally) throws SendException {
    Optional<Crew> crew = Optional.empty();
    try {
      Link link = connect();
      Sizes sizes = Sizes.of(link.ticket(), options.lanes(), Runtime.getRuntime().maxMemory());
      Desk desk = new Desk(files, sizes);
      Outcomes outcomes = new Outcomes(desk, tally, firstDelay);
      crew =
          Optional.of(
              start(
                  new Run(
                      lifeline,
                      desk,
                      outcomes,
                      new Segments(sizes.waveSegments()),
                      new Segments(sizes.chunkSegments()),
                      sizes,
                      new Stride(sizes.sendBytes()),
                      tally,
                      Clock.systemUTC())));
      while (!desk.awaitEnd(TimeUnit.SECONDS.toNanos(1))) {
        lifeline.line().hangUpStalled(STALLED);
      }
      crew.ifPresent(Crew::join);
      farewell(FAREWELL);
    } catch (InterruptedException e) {
      crew.ifPresent(this::stop);
      farewell(SHORT_FAREWELL);
      Thread.currentThread().interrupt();
      throw new SendException(SendException.Kind.INTERRUPTED, Troubles.interrupted(server), e);
    } catch (SendException | RuntimeException | Error e) {
      crew.ifPresent(this::stop);
      farewell(SHORT_FAREWELL);
      throw e;
    } finally {
      close();
      crew.ifPresent(Crew::join);
    }
  }

  /** In a thread of its own: a call that waits for its answer does not hear an interrupt. */
  private Link connect() throws SendException, InterruptedException {
    FutureTask<Link> connecting = new FutureTask<>(lifeline::link);
    warmers.start("connect", 1, connecting::run);
    try {
      return connecting.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SendException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      stop(warmers);
      throw e;
    }
  }

  private Crew start(Run run) {
    Crew crew = new Crew(run.desk()::fail);
    crew.start("offer", OFFERERS, () -> new Offers(run).serve());
    crew.start("lane", run.sizes().lanes(), () -> new Lane(run).serve());
    crew.start("read", run.sizes().readers(), () -> new Streams(run).serve());
    crew.start("finish", FINISHERS, () -> new Finisher(run).serve());
    return crew;
  }

  /** Threads that wait for an answer end only when their socket does. */
  private void stop(Crew crew) {
    crew.interrupt();
    lifeline.line().hangUp();
    crew.join();
  }

  /** Ends the ticket, once: also that of a sender that was warmed up and had nothing to send. */
  private void farewell(Duration limit) {
    if (parted) {
      return;
    }
    parted = true;
    Crew crew = new Crew(failure -> {});
    crew.start("close", 1, lifeline::closeTicket);
    crew.join(limit);
  }

  /** Closes all connections. Again is harmless. */
  @Override
  public void close() {
    farewell(SHORT_FAREWELL);
    lifeline.close();
    warmers.join();
  }

  /**
   * How a run is made.
   *
   * @param agentKey the agent's own secret, 32 random bytes made at its first run; copied
   * @param agentVersion this agent's version, for people
   * @param hostName what this PC calls itself, for people
   * @param identities who this PC is for which server; where it has one, its secret counts
   * @param lanes most calls with content side by side, 1 to 64; the server may allow fewer
   * @param patience how long in a row a server that does not answer is waited for
   * @param firstRun true when nothing was sent from here before, so that most content is new
   */
  public record Options(
      byte[] agentKey,
      String agentVersion,
      String hostName,
      Identities identities,
      int lanes,
      Duration patience,
      boolean firstRun) {
    /** Lanes that fill a gigabit over 20 ms and do not get in each other's way on two cores. */
    public static final int DEFAULT_LANES = 8;

    public Options {
      agentKey = agentKey.clone();
      Objects.requireNonNull(agentVersion, "agentVersion");
      Objects.requireNonNull(hostName, "hostName");
      Objects.requireNonNull(identities, "identities");
      Objects.requireNonNull(patience, "patience");
      if (lanes < 1 || lanes > 64) {
        throw new IllegalArgumentException(lanes + " lanes are not 1 to 64");
      }
      if (patience.isNegative()) {
        throw new IllegalArgumentException("patience " + patience + " is negative");
      }
    }

    @Override
    public byte[] agentKey() {
      return agentKey.clone();
    }

    /** Leaves the key out. */
    @Override
    public String toString() {
      return "Options[lanes=" + lanes + ", patience=" + patience + "]";
    }
  }
}
