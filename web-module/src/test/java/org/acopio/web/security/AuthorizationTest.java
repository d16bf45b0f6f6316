package org.acopio.web.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationTest {
  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void schemesHaveAnyLetterCase() {
    assertEquals(Optional.of(new Authorization.Bearer("x")), Authorization.of("Bearer x"));
    assertEquals(Optional.of(new Authorization.Bearer("x")), Authorization.of("bEARER  x "));
    assertEquals(
        Optional.of(new Authorization.Basic("ñandú", "a:b")), Authorization.of(basic("ñandú:a:b")));
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {"Bearer", "Bearer ", "Bearerx", "Basic !", "Basic YQ==", "Digest x", " ", "x y"})
  void anythingElseSaysNothing(String header) {
    assertEquals(Optional.empty(), Authorization.of(header));
  }

  @Test
  void longHeaderIsNotDecoded() {
    assertEquals(Optional.empty(), Authorization.of(basic("a:" + "b".repeat(4_000))));
  }
}
