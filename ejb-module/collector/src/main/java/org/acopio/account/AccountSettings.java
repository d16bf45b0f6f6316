package org.acopio.account;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How people come in.
 *
 * @param hosts names under which they reach the console, beside the machine's own; lower case
 * @param administratorIdle after how long without a click an administrator has to log in again, 1
 *     minute to 1 day
 * @param viewerIdle the same for a viewer, 1 minute to 366 days
 * @param auditDays after how many days a line of the audit log is forgotten, 0 (never) to 3650
 */
public record AccountSettings(
    Set<String> hosts, Duration administratorIdle, Duration viewerIdle, int auditDays) {
  private static final int MAX_DAYS = 3_650;

  public AccountSettings {
    hosts =
        hosts.stream()
            .map(host -> host.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    within("acopio.console.administrator-idle", administratorIdle, Duration.ofDays(1));
    within("acopio.console.viewer-idle", viewerIdle, Duration.ofDays(366));
    if (auditDays < 0 || auditDays > MAX_DAYS) {
      throw new IllegalArgumentException(
          "acopio.audit.days is %d; it is 0 (never) to %d".formatted(auditDays, MAX_DAYS));
    }
  }

  /** How long a login of this role lasts without a click. */
  public Duration idle(Role role) {
    return role == Role.ADMINISTRATOR ? administratorIdle : viewerIdle;
  }

  private static void within(String key, Duration value, Duration most) {
    if (value.compareTo(Duration.ofMinutes(1)) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException("%s is %s; it is PT1M to %s".formatted(key, value, most));
    }
  }
}
