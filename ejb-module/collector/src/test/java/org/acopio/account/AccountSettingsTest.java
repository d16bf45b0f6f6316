package org.acopio.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountSettingsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static AccountSettings settings(Duration administrator, Duration viewer, int days) {
    return new AccountSettings(Set.of("Fotos.Example"), administrator, viewer, days);
  }

  private static void refused(String what, Duration administrator, Duration viewer, int days) {
    var refusal =
        assertThrows(IllegalArgumentException.class, () -> settings(administrator, viewer, days));
    assertTrue(String.valueOf(refusal.getMessage()).startsWith(what), refusal::getMessage);
  }

  @Test
  void everyRoleHasItsOwnIdleTime() {
    AccountSettings settings = settings(Duration.ofDays(1), Duration.ofDays(366), 3_650);
    assertEquals(Duration.ofDays(1), settings.idle(Role.ADMINISTRATOR));
    assertEquals(Duration.ofDays(366), settings.idle(Role.VIEWER));
    assertEquals(Set.of("fotos.example"), settings.hosts());
    settings(MINUTE, MINUTE, 0);
  }

  @Test
  void valuesOutsideTheLimitsAreRefused() {
    Duration less = MINUTE.minusNanos(1);
    refused("acopio.console.administrator-idle is ", less, MINUTE, 0);
    refused("acopio.console.administrator-idle is ", Duration.ofDays(1).plusNanos(1), MINUTE, 0);
    refused("acopio.console.viewer-idle is ", MINUTE, less, 0);
    refused("acopio.console.viewer-idle is ", MINUTE, Duration.ofDays(366).plusNanos(1), 0);
    refused("acopio.audit.days is -1", MINUTE, MINUTE, -1);
    refused("acopio.audit.days is 3651", MINUTE, MINUTE, 3_651);
  }

  @Test
  void administratorIsAViewerTooAndNobodyElseIsAnAdministrator() {
    assertEquals(Set.of("administrator", "viewer"), Role.ADMINISTRATOR.words());
    assertEquals(Set.of("viewer"), Role.VIEWER.words());
    assertEquals(Optional.of(Role.ADMINISTRATOR), Role.of("administrator"));
    assertEquals(Optional.of(Role.VIEWER), Role.of("viewer"));
    assertEquals(Optional.empty(), Role.of("Administrator"));
  }
}
