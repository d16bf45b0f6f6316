package org.acopio.launch.http;

import static org.junit.jupiter.api.Assertions.assertFalse;

import org.glassfish.grizzly.ThreadCache;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one request leaves behind comes to no other. */
class SingleUseTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.glassfish.grizzly.http.HttpServerFilter$ServerHttpRequestImpl",
        "org.glassfish.grizzly.http.server.Request"
      })
  void requestThatWasServedIsNotKept(String kind) {
    SingleUse.ofRequests();
    // As the container does it, once it is asked for the first request.
    var index = ThreadCache.obtainIndex(kind, Object.class, 16);
    assertFalse(ThreadCache.putToCache(index, new Object()));
  }
}
