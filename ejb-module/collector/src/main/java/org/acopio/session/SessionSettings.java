package org.acopio.session;

/**
 * What is remembered of ended sessions.
 *
 * @param historyDays after how many days one is forgotten, 0 to {@value #MAX_HISTORY_DAYS}; 0 is
 *     never
 */
public record SessionSettings(int historyDays) {
  public static final int DEFAULT_HISTORY_DAYS = 90;
  public static final int MAX_HISTORY_DAYS = 3_650;

  public SessionSettings {
    if (historyDays < 0 || historyDays > MAX_HISTORY_DAYS) {
      throw new IllegalArgumentException(
          "acopio.session.history-days is %d; it is 0 to %d"
              .formatted(historyDays, MAX_HISTORY_DAYS));
    }
  }
}
