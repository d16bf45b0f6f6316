package org.acopio.socket.selector;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Who may use a worker, so that those whose deliveries block leave some for everybody else. A
 * client begins another delivery only while those that run for its address and for its group are
 * together fewer than the free workers. Alone, one address gets half of the workers and one group
 * of it a third; the more are busy for others, the fewer it gets; and as long as a worker is free,
 * an address that has none gets one. Who has to wait waits in order, clients by turns. Thread-safe.
 */
final class Turns {
  private final int workers;
  private final Map<InetAddress, Integer> ofAddress = new HashMap<>();
  private final Map<Client, Integer> ofGroup = new HashMap<>();
  private final Map<Client, Queue<Turn>> waiting = new LinkedHashMap<>();
  private int running;

  /** One delivery, and who it counts for: a connection may be put in a group meanwhile. */
  record Turn(Client client, Workers.Task task) {}

  Turns(int workers) {
    this.workers = workers;
  }

  /** Whether it may begin now; otherwise it is kept, and {@link #next} gives it when it may. */
  synchronized boolean begins(Turn turn) {
    if (!waiting.containsKey(turn.client) && mayBegin(turn.client)) {
      count(turn.client, 1);
      return true;
    }
    waiting.computeIfAbsent(turn.client, client -> new ArrayDeque<>()).add(turn);
    return false;
  }

  /** A turn that has waited and begins now; {@code null} when none may. */
  synchronized @Nullable Turn next() {
    Iterator<Map.Entry<Client, Queue<Turn>>> clients = waiting.entrySet().iterator();
    while (running < workers && clients.hasNext()) {
      Map.Entry<Client, Queue<Turn>> entry = clients.next();
      if (mayBegin(entry.getKey())) {
        clients.remove();
        return begin(entry.getKey(), entry.getValue());
      }
    }
    return null;
  }

  /** Its client goes behind all others that wait. */
  private @Nullable Turn begin(Client client, Queue<Turn> turns) {
    Turn turn = turns.poll();
    if (!turns.isEmpty()) {
      waiting.put(client, turns);
    }
    count(client, 1);
    return turn;
  }

  synchronized void ended(Turn turn) {
    count(turn.client, -1);
  }

  private boolean mayBegin(Client client) {
    int own = ofAddress.getOrDefault(client.address(), 0) + ofGroup.getOrDefault(client, 0);
    return own < workers - running;
  }

  private void count(Client client, int change) {
    running += change;
    ofAddress.merge(client.address(), change, Turns::sum);
    ofGroup.merge(client, change, Turns::sum);
  }

  /** Nothing stays of a client for whom nothing runs. */
  private static @Nullable Integer sum(Integer one, Integer other) {
    int sum = one + other;
    return sum == 0 ? null : sum;
  }
}
