package org.acopio.client.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private static final ServerAddress SERVER = new ServerAddress("server", 1);

  private final List<Long> pauses = new ArrayList<>();
  private final Recorder heard = new Recorder();
  private long now = 1_000;
  private double chance;

  private Patience patience(Duration limit) {
    return new Patience(
        limit,
        heard,
        () -> now,
        () -> chance,
        pause -> {
          pauses.add(pause.toMillis());
          now += pause.toNanos();
        });
  }

  private static void fail(Patience patience, int times) throws Exception {
    ConnectException failure = new ConnectException();
    for (int i = 0; i < times; i++) {
      patience.failed(Troubles.ofServer(SERVER, failure), failure);
    }
  }

  @Test
  void pausesDoubleUpToTenSeconds() throws Exception {
    fail(patience(Duration.ofHours(1)), 9);
    assertEquals(
        List.of(200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 10_000L, 10_000L, 10_000L), pauses);
    assertEquals("9: NO_ANSWER", heard.waits.get(8));
  }

  @Test
  void chanceMakesPausesShorterByAQuarterAtMost() throws Exception {
    chance = 1;
    fail(patience(Duration.ofHours(1)), 8);
    assertEquals(List.of(150L, 300L, 600L, 1_200L, 2_400L, 4_800L, 7_500L, 7_500L), pauses);
  }

  @Test
  void itEndsWhenTheLimitIsUsedUpInARow() throws Exception {
    Patience patience = patience(Duration.ofSeconds(1));
    fail(patience, 3);
    assertEquals(List.of(200L, 400L, 400L), pauses);
    SendException e = assertThrows(SendException.class, () -> fail(patience, 1));
    assertEquals(SendException.Kind.UNREACHABLE, e.kind());
    assertEquals(ServerTrouble.Code.NO_ANSWER, e.trouble().code());
    assertEquals(4, e.tries());
    assertEquals(Duration.ofSeconds(1), e.patience());
    assertEquals(
        List.of(Duration.ofMillis(1_000), Duration.ofMillis(800), Duration.ofMillis(400)),
        heard.lefts);
  }

  @Test
  void progressStartsItAnew() throws Exception {
    Patience patience = patience(Duration.ofSeconds(1));
    fail(patience, 2);
    patience.progress();
    fail(patience, 2);
    assertEquals(List.of(200L, 400L, 200L, 400L), pauses);
  }

  @Test
  void noPatienceMeansOneTry() {
    assertThrows(SendException.class, () -> fail(patience(Duration.ZERO), 1));
    assertEquals(List.of(), pauses);
  }

  @Test
  void onePauseIsSparedBetweenTwoStepsForward() {
    Patience patience = patience(Duration.ofSeconds(1));
    assertTrue(patience.spare());
    assertFalse(patience.spare());
    patience.progress();
    assertTrue(patience.spare());
  }
}
