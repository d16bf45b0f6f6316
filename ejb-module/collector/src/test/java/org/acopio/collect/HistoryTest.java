package org.acopio.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final long SECOND = 1_000_000_000L;

  private final History history = new History(0);

  @Test
  void everySecondHasWhatCameInIt() {
    history.tell(SECOND, new Flow(100, 1));
    history.tell(2 * SECOND, new Flow(100, 1));
    history.tell(3 * SECOND, new Flow(350, 2));
    assertEquals(List.of(new Flow(100, 1), new Flow(0, 0), new Flow(250, 1)), history.seconds());
  }

  @Test
  void tellingALittleEarlyOrLateMovesNoSecond() {
    for (int second = 1; second <= 10; second++) {
      long late = (second % 2 == 0 ? 40 : -40) * 1_000_000L;
      history.tell(second * SECOND + late, new Flow(second, 0));
    }
    assertEquals(Collections.nCopies(10, new Flow(1, 0)), history.seconds());
  }

  @Test
  void aPauseIsSpreadOverItsSeconds() {
    history.tell(3 * SECOND, new Flow(7, 2));
    assertEquals(List.of(new Flow(3, 1), new Flow(2, 1), new Flow(2, 0)), history.seconds());
  }

  @Test
  void minutesAreSumsOfSeconds() {
    for (int second = 1; second <= 121; second++) {
      history.tell(second * SECOND, new Flow(10L * second, second));
    }
    assertEquals(List.of(new Flow(600, 60), new Flow(600, 60)), history.minutes());
  }

  @Test
  void onlyFiveMinutesAndOneDayAreKept() {
    history.tell(3 * 24 * 3_600 * SECOND, new Flow(86_400, 0));
    history.tell((3 * 24 * 3_600 + 1) * SECOND, new Flow(86_407, 0));
    assertEquals(History.SECONDS, history.seconds().size());
    assertEquals(new Flow(7, 0), history.seconds().get(History.SECONDS - 1));
    assertEquals(History.MINUTES, history.minutes().size());
  }
}
