package org.acopio.web.console;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendResult;
import org.jspecify.annotations.Nullable;

/**
 * A page that is told of a topic. One that is slower than the changes misses those between, and
 * gets the newest: nothing queues up for it. Thread-safe.
 */
final class Onlooker {
  private final RemoteEndpoint.Async remote;
  private @Nullable String next;
  private boolean sending;

  Onlooker(RemoteEndpoint.Async remote) {
    this.remote = remote;
  }

  void tell(String state) {
    synchronized (this) {
      next = state;
      if (sending) {
        return;
      }
      sending = true;
    }
    send();
  }

  private void send() {
    String state;
    synchronized (this) {
      state = next;
      next = null;
      if (state == null) {
        sending = false;
        return;
      }
    }
    remote.sendText(state, this::sent);
  }

  /**
   * After a failure nothing more is sent: the connection is over, and its end is told elsewhere.
   */
  private void sent(SendResult result) {
    if (result.isOK()) {
      send();
    }
  }
}
