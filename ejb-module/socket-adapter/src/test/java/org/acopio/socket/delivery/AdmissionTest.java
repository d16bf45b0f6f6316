package org.acopio.socket.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Limits hold under contention, and counts come back to zero. */
class AdmissionTest {
  @Test
  void neverMoreThanTheLimitsAreInsideWhateverTheThreadsDo() throws Exception {
    Admission admission = new Admission(10, 4);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      InetAddress address = InetAddress.getByName("192.0.2." + i % 3);
      Thread thread = new Thread(() -> comeAndGo(admission, address, inside, most));
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertTrue(most.get() <= 10, "saw " + most);
    assertEquals(0, admission.inside());
    assertEquals(0, admission.addresses());
  }

  private static void comeAndGo(
      Admission admission, InetAddress address, AtomicInteger inside, AtomicInteger most) {
    for (int i = 0; i < 5_000; i++) {
      if (admission.enter()) {
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        if (admission.enter(address)) {
          admission.leave(address);
        }
        inside.decrementAndGet();
        admission.leave();
      }
    }
  }

  @Test
  void anAddressGetsItsPlacesAndNoMore() throws Exception {
    Admission admission = new Admission(10, 2);
    InetAddress address = InetAddress.getByName("2001:db8::1");
    assertTrue(admission.enter(address));
    assertTrue(admission.enter(address));
    assertFalse(admission.enter(address));
    assertTrue(admission.enter(InetAddress.getByName("2001:db8::2")));
    admission.leave(address);
    assertTrue(admission.enter(address));
  }
}
