package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.acopio.browser.Browser;
import org.acopio.browser.Look;
import org.acopio.console.Smoothness;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Pages stay smooth while a thousand clients are connected and two hundred files arrive. The times
 * are far from what a person would call smooth: they are for machines that are slow and have no
 * screen, and are exceeded when a page draws everything again at each change.
 */
class ConsoleSmoothIT {
  @RegisterExtension static final Console CONSOLE = new Console();

  private static final int LOOK_MILLIS = 4_000;
  private static final int LOOKS = 2;

  /** Two a second, and some that a page that was late gets at once. */
  private static final int SNAPSHOTS_A_SECOND = 2;

  /** For each snapshot and for what is asked because of it, and for the clock of durations. */
  private static final int UPDATES_A_SECOND = 2 * SNAPSHOTS_A_SECOND + 1;

  private static final int LATE = 4;

  /** Rows that are made or moved for a snapshot; of files of which there is no room, a few. */
  private static final int BUILT = 2;

  private static final int BUILT_OF_FILES = Crowd.SENDERS + 5;

  private static final double FRAME_MILLIS = 150;
  private static final double TASK_MILLIS = 500;

  private static Crowd crowd;

  @BeforeAll
  static void gather() throws IOException {
    crowd =
        Crowd.gather(
            CONSOLE.process().tcpPorts("echo").get(0), CONSOLE.process().tcpPorts("ingest").get(0));
  }

  @AfterAll
  static void disperse() throws IOException {
    if (crowd != null) {
      crowd.close();
    }
  }

  @Test
  void aThousandSessionsAreShownAPageAtATime() {
    Browser browser = CONSOLE.viewer(Look.DESKTOP, "sessions");
    browser.await("a thousand sessions", () -> number(browser, "#sessions-total") >= Crowd.CLIENTS);
    browser.await("rows", () -> rows(browser, "#sessions-table tbody tr") >= 50);
    assertSmooth(look(browser, "sessions"), BUILT);
    int rows = rows(browser, "#content tr");
    assertTrue(rows < Crowd.CLIENTS / 4, rows + " rows");
  }

  @Test
  void twoHundredFilesAreSeenArriving() {
    Browser browser = CONSOLE.viewer(Look.DESKTOP, "transfers");
    int files = Crowd.SENDERS * Crowd.FILES_EACH;
    browser.await("two hundred files", () -> number(browser, "#in-flight") >= files);
    // All are shown but those for which collections that others left open have their share.
    browser.await("their rows", () -> rows(browser, "#collections .file") >= files / 2);
    assertSmooth(look(browser, "transfers"), BUILT_OF_FILES);
  }

  @Test
  void theOverviewShowsBoth() {
    Browser browser = CONSOLE.viewer(Look.DESKTOP, "overview");
    browser.await("a thousand sessions", () -> number(browser, "#sessions-total") >= Crowd.CLIENTS);
    assertSmooth(look(browser, "overview"), BUILT);
  }

  private static int number(Browser browser, String css) {
    String digits = browser.textOf(css).replaceAll("\\D", "");
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }

  private static int rows(Browser browser, String css) {
    return browser.all(css).size();
  }

  private static List<Smoothness> look(Browser browser, String topic) {
    List<Smoothness> looks = new ArrayList<>();
    for (int i = 0; i < LOOKS; i++) {
      looks.add(Smoothness.of(browser, topic, LOOK_MILLIS));
    }
    crowd.assertAlive();
    return looks;
  }

  /** Counts hold each time; times only once, because the machine may do something else. */
  private static void assertSmooth(List<Smoothness> looks, int built) {
    for (Smoothness look : looks) {
      assertTrue(look.snapshots() >= 2, () -> "nothing changes: " + look);
      assertTrue(look.snapshots() <= bound(SNAPSHOTS_A_SECOND, look), look::toString);
      assertTrue(look.updates() <= bound(UPDATES_A_SECOND, look), look::toString);
      assertTrue(look.built() <= built * look.snapshots(), () -> "rows are built again: " + look);
    }
    Smoothness best =
        looks.stream().min(Comparator.comparingDouble(Smoothness::longestTaskMillis)).orElseThrow();
    assertTrue(best.longestTaskMillis() <= TASK_MILLIS, looks::toString);
    assertTrue(
        looks.stream().anyMatch(look -> look.frameMillis() <= FRAME_MILLIS), looks::toString);
  }

  private static double bound(int aSecond, Smoothness look) {
    return aSecond * look.seconds() + LATE;
  }
}
