package org.acopio.console;

import java.util.Map;
import java.util.Objects;
import org.acopio.browser.Browser;

/**
 * How a page that changes all the time felt for a while.
 *
 * @param seconds for how long it was looked at, by the page's clock
 * @param frameMillis the median between one drawing of the page and the next
 * @param longestTaskMillis the longest time in which the page could not answer a person; 0 when
 *     that was always less than 50 ms
 * @param snapshots how many the server sent
 * @param updates in how many of its drawings scripts had changed something
 * @param built how many rows and cards scripts made or moved
 */
public record Smoothness(
    double seconds,
    double frameMillis,
    double longestTaskMillis,
    long snapshots,
    long updates,
    long built) {
  /** Ends with the first frame after the time is over, so that there is always one. */
  private static final String LOOK =
      """
      const [topic, millis, done] = arguments;
      const seen = { snapshots: 0, updates: 0, built: 0, longestTaskMillis: 0 };
      const frames = [];
      let changed = false;
      const tasks = new PerformanceObserver((list) => {
        for (const task of list.getEntries()) {
          seen.longestTaskMillis = Math.max(seen.longestTaskMillis, task.duration);
        }
      });
      const changes = new MutationObserver((list) => {
        changed = true;
        for (const change of list) {
          for (const node of change.addedNodes) {
            if (node.matches?.("tr, li, section")) seen.built++;
          }
        }
      });
      acopio.live(topic, () => seen.snapshots++);
      seen.snapshots = 0;
      tasks.observe({ type: "longtask" });
      changes.observe(document.getElementById("content"),
          { subtree: true, childList: true, attributes: true, characterData: true });
      const begin = performance.now();
      let last = begin;
      function frame() {
        const now = performance.now();
        frames.push(now - last);
        last = now;
        if (changed) seen.updates++;
        changed = false;
        if (now - begin < millis) {
          requestAnimationFrame(frame);
          return;
        }
        tasks.disconnect();
        changes.disconnect();
        frames.sort((a, b) => a - b);
        done({ ...seen, seconds: (now - begin) / 1000, frameMillis: frames[frames.length >> 1] });
      }
      requestAnimationFrame(frame);
      """;

  /**
   * Looks at the page where a browser is.
   *
   * @param topic the snapshots that the page lives from
   */
  public static Smoothness of(Browser browser, String topic, int millis) {
    Map<?, ?> seen =
        (Map<?, ?>) Objects.requireNonNull(browser.asyncScript(LOOK, topic, millis), topic);
    return new Smoothness(
        number(seen, "seconds"),
        number(seen, "frameMillis"),
        number(seen, "longestTaskMillis"),
        (long) number(seen, "snapshots"),
        (long) number(seen, "updates"),
        (long) number(seen, "built"));
  }

  private static double number(Map<?, ?> seen, String name) {
    return ((Number) Objects.requireNonNull(seen.get(name), name)).doubleValue();
  }
}
