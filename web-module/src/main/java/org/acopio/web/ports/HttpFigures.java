package org.acopio.web.ports;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentSkipListMap;
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
  private final OptionalInt maxOpen;

  public HttpFigures() {
    this(Integer.getInteger(PORT), Integer.getInteger(SECURE_PORT), Integer.getInteger(THREADS));
  }

  HttpFigures(@Nullable Integer plain, @Nullable Integer secure, @Nullable Integer threads) {
    maxOpen = threads == null ? OptionalInt.empty() : OptionalInt.of(threads);
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
    return known != null
        ? known
        : ports.computeIfAbsent(number, key -> new HttpPort(key, secure, maxOpen));
  }

  /** Ascending by number. */
  List<HttpPort> ports() {
    return List.copyOf(ports.values());
  }

  Optional<HttpPort> find(int number) {
    return Optional.ofNullable(ports.get(number));
  }
}
