package org.acopio.socket.selector;

import org.jspecify.annotations.Nullable;

/** The loops that an adapter's endpoints share; there as long as one endpoint uses them. */
public final class SharedLoops {
  private @Nullable EventLoops loops;
  private int users;

  /** The shared loops; given back with {@link #release}. */
  public synchronized EventLoops acquire() {
    EventLoops shared = loops;
    if (shared == null) {
      shared = new EventLoops("acopio-socket", 0);
      loops = shared;
    }
    users++;
    return shared;
  }

  /** Ends the loops with their last user. */
  public synchronized void release() {
    users--;
    EventLoops shared = loops;
    if (users == 0 && shared != null) {
      shared.stop();
      loops = null;
    }
  }
}
