package org.acopio.web.ports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** How rates and latencies are told from what was counted. */
class FiguresTest {
  private static final long SECOND = 1_000_000_000L;
  private long now = 7;

  @Test
  void aRateIsTheGrowthSinceTheLastLook() {
    Rates rates = new Rates(() -> now);
    assertEquals(OptionalDouble.empty(), rates.of("a", 100));
    now += SECOND / 2;
    assertEquals(OptionalDouble.of(40), rates.of("a", 120));
    now += SECOND;
    assertEquals(OptionalDouble.of(0), rates.of("a", 120));
  }

  @Test
  void aLookTooSoonTellsTheRateOfBefore() {
    Rates rates = new Rates(() -> now);
    rates.of("a", 0);
    now += SECOND;
    assertEquals(OptionalDouble.of(10), rates.of("a", 10));
    now += Rates.SHORTEST_NANOS - 1;
    assertEquals(OptionalDouble.of(10), rates.of("a", 10_000));
  }

  @Test
  void aRateBeginsAnewAfterALongTimeOrAnewCount() {
    Rates rates = new Rates(() -> now);
    rates.of("a", 0);
    now += Rates.LONGEST_NANOS + 1;
    assertEquals(OptionalDouble.empty(), rates.of("a", 1_000_000));
    now += SECOND;
    assertEquals(OptionalDouble.empty(), rates.of("a", 5), "the port was opened again");
    now += SECOND;
    assertEquals(OptionalDouble.of(2), rates.of("a", 7));
  }

  @Test
  void quantilesAreWithinFivePercentAndBeginAnewEachTime() {
    Latencies latencies = new Latencies();
    for (int i = 1; i <= 100; i++) {
      latencies.add(i * 1_000_000L);
    }
    Latencies.Quantiles quantiles = latencies.take();
    assertEquals(50, quantiles.p50(), 2.5);
    assertEquals(99, quantiles.p99(), 5);
    assertEquals(100, quantiles.max(), 5);
    assertEquals(Latencies.Quantiles.NONE, latencies.take());
  }

  @Test
  void aLoadThatIsOverKeepsTheLastFiguresThatThereWere() {
    LoadLane lane = new LoadLane(new InetSocketAddress("192.0.2.7", 1), "thread", new byte[0]);
    lane.latencies.add(8_000_000);
    lane.measure();
    assertEquals(8, lane.quantiles().p50(), 0.4);
    lane.measure();
    assertFalse(lane.quantiles().known(), "nobody answered in this second");
    lane.latencies.add(90_000_000);
    lane.end();
    assertEquals(8, lane.quantiles().p50(), 0.4, "of the last whole second");
  }

  @Test
  void aLoadOfLessThanASecondTellsWhatItHas() {
    LoadLane lane = new LoadLane(new InetSocketAddress("192.0.2.7", 1), "thread", new byte[0]);
    lane.latencies.add(8_000_000);
    lane.end();
    assertEquals(8, lane.quantiles().p99(), 0.4);
  }

  @Test
  void eachPortOfHttpHasFiguresOfItsOwn() {
    HttpFigures figures = new HttpFigures(8_000, 8_443, 200);
    assertEquals(List.of(8_000, 8_443), figures.ports().stream().map(HttpPort::port).toList());
    HttpPort plain = figures.port(8_000, false);
    plain.began(false);
    plain.began(false);
    plain.ended(3 * SECOND);
    assertEquals(1, plain.open());
    assertEquals(2, plain.peak());
    assertEquals(1, plain.served());
    assertEquals(3 * SECOND, plain.nanos());
    HttpPort secure = figures.find(8_443).orElseThrow();
    assertEquals(0, secure.peak());
    assertTrue(secure.secure());
    assertEquals(OptionalInt.of(200), secure.maxThreads());
  }

  @Test
  void aPortThatNobodyNamedIsThereFromItsFirstRequestOn() {
    HttpFigures figures = new HttpFigures(null, null, null);
    assertEquals(List.of(), figures.ports());
    figures.port(8_080, true).began(true);
    assertTrue(figures.find(8_080).orElseThrow().secure());
    assertEquals(OptionalInt.empty(), figures.ports().get(0).maxThreads());
  }

  /** What the launcher tells, in its own class. */
  public interface DoorMXBean {
    int getOpen();

    int getPeakOpen();

    int getMaxConnections();

    int getMaxConnectionsPerAddress();

    long getAccepted();

    long getRefused();

    long getRefusedOfAddress();

    long getTimedOut();
  }

  private record Door(
      int getOpen,
      int getPeakOpen,
      int getMaxConnections,
      int getMaxConnectionsPerAddress,
      long getAccepted,
      long getRefused,
      long getRefusedOfAddress,
      long getTimedOut)
      implements DoorMXBean {}

  @Test
  void connectionsOfHttpAreWhatTheLauncherTells() throws Exception {
    HttpPort port = new HttpFigures(1, null, 200).find(1).orElseThrow();
    assertEquals(Optional.empty(), port.connections(), "nobody has come yet");
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("org.acopio:type=HttpPort,port=1");
    beans.registerMBean(new Door(1, 2, 3, 4, 5, 6, 7, 8), name);
    try {
      assertEquals(Optional.of(new HttpConnections(1, 2, 3, 4, 5, 6, 7, 8)), port.connections());
    } finally {
      beans.unregisterMBean(name);
    }
  }

  @Test
  void whoWatchesIsToldOfThePortsThatAreThereAndOfThoseThatCome() {
    HttpFigures figures = new HttpFigures(8_000, null, 200);
    List<Integer> told = new ArrayList<>();
    figures.watch(port -> told.add(port.port()));
    figures.port(8_443, true);
    figures.port(8_443, true);
    assertEquals(List.of(8_000, 8_443), told);
  }

  @Test
  void latenciesBeyondEveryClassStillCount() {
    Latencies latencies = new Latencies();
    latencies.add(0);
    latencies.add(Long.MAX_VALUE);
    Latencies.Quantiles quantiles = latencies.take();
    assertTrue(quantiles.p50() < 0.01, quantiles::toString);
    assertTrue(quantiles.max() > 60_000, quantiles::toString);
  }
}
