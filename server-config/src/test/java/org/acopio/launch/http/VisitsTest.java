package org.acopio.launch.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.acopio.launch.http.Visits.Welcome;
import org.junit.jupiter.api.Test;

class VisitsTest {
  private static final HttpLimits LIMITS = new HttpLimits(500, 300, Duration.ofSeconds(20));

  private final Visits visits = new Visits(LIMITS);
  private final List<String> happened = new ArrayList<>();

  private static Visit of(String address) {
    try {
      return new Visit(InetAddress.getByName(address), LIMITS, 0);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private Visit come(String address) {
    Visit visit = of(address);
    assertEquals(Welcome.COME, visits.come(visit, () -> happened.add(address + " is late")));
    return visit;
  }

  private Welcome another(String address) {
    return visits.come(of(address), () -> {});
  }

  private List<Visit> served(String address) {
    List<Visit> served = new ArrayList<>();
    for (int i = 0; i < HttpLimits.REQUESTS_PER_ADDRESS; i++) {
      served.add(come(address));
      assertTrue(visits.begin(served.get(i)), "thread " + i);
    }
    return served;
  }

  @Test
  void noAddressGetsAllPlacesAndAllTogetherNoMoreThanThereAre() {
    List<Visit> first = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      first.add(come("192.0.2.1"));
    }
    assertEquals(Welcome.ADDRESS_FULL, another("192.0.2.1"));
    for (int i = 0; i < 200; i++) {
      come("192.0.2.2");
    }
    assertEquals(Welcome.FULL, another("192.0.2.2"));
    assertEquals(Welcome.FULL, another("192.0.2.3"));
    visits.go(first.get(0));
    visits.go(first.get(0));
    assertEquals(Welcome.COME, another("192.0.2.1"));
    assertEquals(Welcome.FULL, another("192.0.2.3"), "one place, once");
    assertEquals(500, visits.getOpen());
    assertEquals(500, visits.getPeakOpen());
    assertEquals(501, visits.getAccepted());
    assertEquals(4, visits.getRefused());
    assertEquals(1, visits.getRefusedOfAddress());
  }

  @Test
  void requestsBeyondTheShareOfAnAddressWaitInTheirOrder() {
    List<Visit> served = served("192.0.2.1");
    Visit next = come("192.0.2.1");
    Visit last = come("192.0.2.1");
    assertFalse(visits.begin(next));
    visits.await(next, () -> happened.add("next"));
    visits.await(last, () -> happened.add("last"));
    assertTrue(visits.begin(come("192.0.2.2")), "others have threads");
    assertEquals(List.of(), happened);
    visits.end(served.get(3));
    visits.end(served.get(3));
    assertEquals(List.of("next"), happened);
    visits.go(served.get(4));
    assertEquals(List.of("next", "last"), happened);
    assertFalse(visits.begin(served.get(3)), "those who waited have its thread");
  }

  @Test
  void whoGoesWhileItWaitsIsForgotten() {
    List<Visit> served = served("192.0.2.1");
    Visit gone = come("192.0.2.1");
    Visit next = come("192.0.2.1");
    visits.await(gone, () -> happened.add("gone"));
    visits.await(next, () -> happened.add("next"));
    visits.go(gone);
    visits.end(served.get(0));
    assertEquals(List.of("next"), happened);
  }

  @Test
  void turnComesAtOnceWhenThereIsAThreadAgain() {
    Visit visit = come("192.0.2.1");
    visits.await(visit, () -> happened.add("now"));
    assertEquals(List.of("now"), happened);
  }

  @Test
  void whoIsOverHoldsNothing() {
    Visit visit = come("192.0.2.1");
    visits.go(visit);
    assertTrue(visits.begin(visit));
    visits.await(visit, () -> happened.add("served"));
    visits.end(visit);
    assertEquals(List.of(), happened);
    served("192.0.2.1");
  }

  @Test
  void sweepEndsTheLateAndNobodyElse() {
    come("192.0.2.1");
    Visit quick = come("192.0.2.2");
    quick.request(true, 1);
    visits.sweep(Duration.ofSeconds(20).toNanos());
    assertEquals(List.of(), happened);
    visits.sweep(Duration.ofSeconds(21).toNanos());
    assertEquals(List.of("192.0.2.1 is late"), happened);
    assertEquals(1, visits.getTimedOut());
  }

  @Test
  void limitsTravelAsProperties() {
    Properties properties = new Properties();
    properties.putAll(LIMITS.asProperties());
    assertEquals(LIMITS, HttpLimits.of(properties));
  }
}
