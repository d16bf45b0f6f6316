package org.acopio.launch.http;

import java.util.List;
import org.glassfish.grizzly.ThreadCache;

/**
 * Has the container make what stands for a request anew for each. It would keep such objects for
 * the next request, and where a connection ends at a bad moment it did so while a thread still
 * served the first: that of Payara 6.2025.10 then answered a request with the status 500 of
 * another, and could have let it see more of it.
 */
final class SingleUse {
  /** The request as it was read, with its answer, and as it is served. */
  private static final List<String> KINDS =
      List.of(
          "org.glassfish.grizzly.http.HttpServerFilter$ServerHttpRequestImpl",
          "org.glassfish.grizzly.http.server.Request");

  private SingleUse() {}

  /** Whoever asks first says how many a thread may keep. Called before there is any request. */
  static void ofRequests() {
    KINDS.forEach(kind -> ThreadCache.obtainIndex(kind, Object.class, 0));
  }
}
