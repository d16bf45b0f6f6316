package org.acopio.web.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.acopio.catalog.ScrubState;
import org.acopio.collect.Condition;
import org.junit.jupiter.api.Test;

class CollectorHealthTest {
  private static Condition condition(
      long free, boolean writable, Optional<String> store, Optional<String> catalog) {
    return new Condition(
        Instant.EPOCH,
        1_000,
        free,
        100,
        writable,
        0,
        0,
        0,
        ScrubState.NONE,
        List.of(),
        store,
        catalog);
  }

  @Test
  void nothingIsWrongWithRoomAndACatalog() {
    Condition fine = condition(500, true, Optional.empty(), Optional.empty());
    assertEquals(List.of(), CollectorHealth.reasons(fine));
  }

  @Test
  void everythingThatIsWrongIsSaid() {
    Condition bad = condition(500, false, Optional.empty(), Optional.of("Connection refused"));
    List<String> reasons = CollectorHealth.reasons(bad);
    assertTrue(reasons.get(0).matches("the catalog .*: Connection refused"), reasons.get(0));
    assertTrue(reasons.get(1).contains("read-only"), reasons.get(1));
  }

  @Test
  void roomBelowTheReserveIsSaidWithItsSetting() {
    Condition tight = condition(99, true, Optional.empty(), Optional.empty());
    String reason = CollectorHealth.reasons(tight).get(0);
    assertTrue(reason.contains("99 bytes") && reason.contains("reserve-bytes"), reason);
  }

  @Test
  void diskThatCannotBeLookedAtIsSaidOnce() {
    Condition gone = condition(0, false, Optional.of("no disk"), Optional.empty());
    List<String> reasons = CollectorHealth.reasons(gone);
    assertEquals(1, reasons.size(), reasons::toString);
    assertTrue(reasons.get(0).matches("the store .*: no disk"), reasons.get(0));
  }
}
