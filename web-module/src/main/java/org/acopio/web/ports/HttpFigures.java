package org.acopio.web.ports;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The container's ports: those that the launcher has opened, from the start on, and any other since
 * the first request to it. Thread-safe; counting takes no lock.
 */
@ApplicationScoped
public class HttpFigures {
  /** Set by the launcher when it opens the ports. */
  private static final String PORT = "acopio.http.port.actual";

  private static final String SECURE_PORT = "acopio.https.port.actual";
  private static final String THREADS = "acopio.http.threads.actual";

  private final ConcurrentSkipListMap<Integer, HttpPort> ports = new ConcurrentSkipListMap<>();
  private final List<Consumer<HttpPort>> watchers = new CopyOnWriteArrayList<>();
  private final OptionalInt maxThreads;

  public HttpFigures() {
    this(Integer.getInteger(PORT), Integer.getInteger(SECURE_PORT), Integer.getInteger(THREADS));
  }

  HttpFigures(@Nullable Integer plain, @Nullable Integer secure, @Nullable Integer threads) {
    maxThreads = threads == null ? OptionalInt.empty() : OptionalInt.of(threads);
    if (plain != null) {
      port(plain, false);
    }
    if (secure != null) {
      port(secure, true);
    }
  }

  /** The port with this number, which is one of these from now on. */
  HttpPort port(int number, boolean secure) {
    HttpPort known = ports.get(number);
    return known != null ? known : added(number, secure);
  }

  private HttpPort added(int number, boolean secure) {
    HttpPort made = new HttpPort(number, secure, maxThreads);
    HttpPort before = ports.putIfAbsent(number, made);
    if (before != null) {
      return before;
    }
    watchers.forEach(watcher -> watcher.accept(made));
    return made;
  }

  /** Tells of each port: those that are known at once, and those to come. May tell of one twice. */
  public void watch(Consumer<HttpPort> watcher) {
    watchers.add(watcher);
    ports().forEach(watcher);
  }

  /** Ascending by number. */
  List<HttpPort> ports() {
    return List.copyOf(ports.values());
  }

  Optional<HttpPort> find(int number) {
    return Optional.ofNullable(ports.get(number));
  }
}
