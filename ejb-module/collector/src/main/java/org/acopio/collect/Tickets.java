package org.acopio.collect;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.acopio.remote.CollectorException;
import org.acopio.remote.Sha256;

/** The collections that are open, by the ticket that names each. Thread-safe. */
final class Tickets {
  private final SecureRandom random = new SecureRandom();
  private final Map<String, OpenCollection> open = new ConcurrentHashMap<>();
  private final Duration idle;

  Tickets(Duration idle) {
    this.idle = idle;
  }

  /** A name that nobody can guess. */
  String fresh() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  void add(OpenCollection collection) {
    open.put(collection.ticket, collection);
  }

  /** Those that are open now. */
  List<OpenCollection> all() {
    return List.copyOf(open.values());
  }

  /** The open collections of an agent. */
  List<OpenCollection> of(long agent) {
    return open.values().stream().filter(collection -> collection.agent == agent).toList();
  }

  /** How many bytes of files that these collections have begun have still to arrive. */
  long missingBytes() {
    Map<Long, FileWatch> files = new HashMap<>();
    open.values().forEach(collection -> files.putAll(collection.open));
    return files.values().stream()
        .filter(file -> !file.upload().over())
        .mapToLong(FileWatch::missingBytes)
        .sum();
  }

  int count() {
    return open.size();
  }

  /**
   * The collection that a ticket names, used now.
   *
   * @throws CollectorException {@code TICKET_UNKNOWN} when there is none, it has expired, or the
   *     call comes from another address, or with another certificate, than the one that opened it
   */
  OpenCollection use(Peer caller, String ticket) throws CollectorException {
    OpenCollection collection = open.get(ticket);
    if (collection == null || !collection.isOf(caller) || collection.idleFor(idle)) {
      throw new CollectorException(
          CollectorException.Code.TICKET_UNKNOWN,
          "the collection is not open: it was closed, its server was started anew, or it was not used for "
              + idle.toSeconds()
              + " s; open another and offer the files again");
    }
    collection.touch();
    return collection;
  }

  /** What the PC calls itself whose ticket this is; empty when there is none. */
  String hostName(String ticket) {
    OpenCollection collection = open.get(ticket);
    return collection == null ? "" : collection.hostName();
  }

  /** Takes a collection out; false when another call did. */
  boolean remove(OpenCollection collection) {
    return open.remove(collection.ticket, collection);
  }

  /** Takes those out that were not used for too long. */
  List<OpenCollection> expired() {
    return take(collection -> collection.idleFor(idle));
  }

  /** Takes those of an agent out. */
  List<OpenCollection> takeOf(long agent) {
    return take(collection -> collection.agent == agent);
  }

  /** Takes those out that were opened with the certificate of an agent. */
  List<OpenCollection> takeCertified(Sha256 agent) {
    Optional<Sha256> by = Optional.of(agent);
    return take(collection -> collection.owner.peer().agent().equals(by));
  }

  /** Takes all out. */
  List<OpenCollection> drain() {
    return take(collection -> true);
  }

  private List<OpenCollection> take(Predicate<OpenCollection> wanted) {
    List<OpenCollection> taken = new ArrayList<>();
    for (OpenCollection collection : open.values()) {
      if (wanted.test(collection) && remove(collection)) {
        taken.add(collection);
      }
    }
    return taken;
  }
}
