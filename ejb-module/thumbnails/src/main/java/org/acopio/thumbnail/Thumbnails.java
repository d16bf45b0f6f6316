package org.acopio.thumbnail;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.acopio.thumbnail.Outcome.Refused;
import org.acopio.thumbnail.Request.Task;

/**
 * Pictures of files for the screen, and what files say of themselves. What was made once comes from
 * a cache; the rest is decoded by worker processes, of which there is none until the first picture
 * is wanted. A file that cannot be shown is remembered as such. Calls for the same picture at the
 * same time wait for one and the same.
 *
 * <p>Thread-safe. A call takes as long as a worker may take for the files before it and for this
 * one; when too many wait it is refused at once ({@link Reason#BUSY}).
 */
public final class Thumbnails implements AutoCloseable {
  /** How long a worker without work stays: its start costs most of a second. */
  private static final Duration IDLE = Duration.ofMinutes(1);

  /** Nobody looks at a page longer than this without its pictures. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ThumbnailSettings settings;
  private final Cache cache;
  private final Optional<Workers> workers;
  private final Map<String, CompletableFuture<Outcome>> running = new ConcurrentHashMap<>();

  /** Starts nothing. */
  public Thumbnails(ThumbnailSettings settings) {
    this(settings, () -> new WorkerProcess(WorkerCommand.find()), IDLE, Clock.systemUTC());
  }

  Thumbnails(ThumbnailSettings settings, Workers.Starter starter, Duration idle, Clock clock) {
    this.settings = settings;
    cache = new Cache(settings.folder(), settings.cacheBytes(), clock);
    workers =
        settings.workers() == 0
            ? Optional.empty()
            : Optional.of(new Workers(starter, settings.workers(), settings.deadline(), idle));
  }

  /**
   * A picture of a page of the file, upright, no larger than the original.
   *
   * @param box pixels that neither side exceeds, 1 to {@value Request#MAX_BOX}; rounded up to a
   *     power of two of at least 64, so that few sizes are kept
   * @param page of a document, 1 is the first and the only one of most files
   */
  public Outcome picture(Source source, int box, int page) {
    int side = Math.max(64, Integer.highestOneBit(2 * box - 1));
    return outcome(
        source, side + (page == 1 ? "" : "p" + page), request(Task.PICTURE, source, side, page));
  }

  /** What the file says of itself. */
  public Outcome details(Source source) {
    return outcome(source, "details", request(Task.DETAILS, source, 1, 1));
  }

  private Request request(Task task, Source source, int box, int page) {
    return new Request(
        task, source.file().toString(), source.mediaType(), box, page, settings.maxPixels());
  }

  private Outcome outcome(Source source, String kind, Request request) {
    return cache.find(source.digest(), kind).orElseGet(() -> make(source, kind, request));
  }

  private Outcome make(Source source, String kind, Request request) {
    if (workers.isEmpty()) {
      return new Refused(Reason.OFF);
    }
    String key = source.digest() + "-" + kind;
    CompletableFuture<Outcome> mine = new CompletableFuture<>();
    CompletableFuture<Outcome> first = running.putIfAbsent(key, mine);
    if (first != null) {
      return await(first);
    }
    boolean taken =
        workers
            .get()
            .submit(
                request,
                outcome -> {
                  try {
                    keep(source, kind, outcome);
                  } finally {
                    running.remove(key);
                    mine.complete(outcome);
                  }
                });
    if (!taken) {
      running.remove(key);
      mine.complete(new Refused(Reason.BUSY));
    }
    return await(mine);
  }

  private void keep(Source source, String kind, Outcome outcome) {
    boolean lasting = !(outcome instanceof Refused refused) || refused.reason().lasting();
    if (lasting) {
      cache.keep(source.digest(), kind, outcome);
    }
  }

  private static Outcome await(CompletableFuture<Outcome> outcome) {
    try {
      return outcome.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return new Refused(Reason.BUSY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Refused(Reason.BUSY);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a future that nobody fails", e);
    }
  }

  /** Ends the workers; who waits is refused. */
  @Override
  public void close() {
    workers.ifPresent(Workers::close);
    running.values().forEach(one -> one.complete(new Refused(Reason.BUSY)));
  }
}
