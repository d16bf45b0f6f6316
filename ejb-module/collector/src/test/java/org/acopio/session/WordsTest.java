package org.acopio.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Words that programs and the catalog rely on. */
class WordsTest {
  @Test
  void kindsHaveTheseWords() {
    assertEquals(
        List.of("echo", "echo-queue", "session-thread", "session-selector", "ingest", "rmi"),
        Arrays.stream(SessionKind.values()).map(SessionKind::word).toList());
  }

  @Test
  void reasonsHaveTheseWords() {
    assertEquals(
        List.of(
            "peer",
            "local",
            "administrator",
            "reset",
            "first-byte",
            "idle",
            "protocol",
            "failure",
            "stopped"),
        Arrays.stream(EndReason.values()).map(EndReason::word).toList());
  }

  @ParameterizedTest
  @EnumSource
  void kindIsFoundByItsWordInAnyCase(SessionKind kind) {
    assertEquals(Optional.of(kind), SessionKind.of(kind.word()));
    assertEquals(Optional.of(kind), SessionKind.of(kind.name().replace('_', '-')));
    assertTrue(SessionKind.of(kind.word() + "x").isEmpty());
  }

  @Test
  void daysOfHistoryAreBounded() {
    assertThrows(IllegalArgumentException.class, () -> new SessionSettings(-1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SessionSettings(SessionSettings.MAX_HISTORY_DAYS + 1));
  }
}
