package org.acopio.web.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
  private static final Set<String> KNOWN = Set.of("acopio.example.org", "pc7");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:8000",
        "LOCALHOST:8000",
        "127.0.0.1:8000",
        "127.9.9.9",
        "[::1]:8000",
        "[::1]",
        "acopio.example.org",
        "ACOPIO.example.org:8000",
        "pc7:8000"
      })
  void ownNamesAreKnownOnLoopback(String host) {
    assertTrue(Origins.isKnownHost(host, "127.0.0.1", KNOWN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8000",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "192.0.2.7:8000",
        "[2001:db8::1]",
        "",
        "0x7f.1"
      })
  void otherNamesAreRefusedOnLoopback(String host) {
    assertFalse(Origins.isKnownHost(host, "127.0.0.1", KNOWN));
    assertFalse(Origins.isKnownHost(host, "0:0:0:0:0:0:0:1", KNOWN));
  }

  @Test
  void literalAddressIsKnownWhereTheServerIsOpenToTheNetwork() {
    assertTrue(Origins.isKnownHost("192.0.2.7:8000", "192.0.2.7", KNOWN));
    assertTrue(Origins.isKnownHost("[2001:db8::1]:8000", "2001:db8:0:0:0:0:0:1", KNOWN));
    assertFalse(Origins.isKnownHost("evil.example", "192.0.2.7", KNOWN));
    // Neither is an address, so Java would ask a name server for it.
    assertFalse(Origins.isKnownHost("[x:y.evil.example]", "192.0.2.7", KNOWN));
    assertFalse(Origins.isKnownHost("999.1.1.1", "192.0.2.7", KNOWN));
    assertTrue(Origins.isKnownHost(null, "127.0.0.1", KNOWN));
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8000, 127.0.0.1:8000, true",
    "https://acopio.example.org, acopio.example.org, true",
    "HTTP://Acopio.Example.org, acopio.example.org, true",
    "http://evil.example, 127.0.0.1:8000, false",
    "http://127.0.0.1:9000, 127.0.0.1:8000, false",
    "null, 127.0.0.1:8000, false",
    "http://127.0.0.1:8000.evil.example, 127.0.0.1:8000, false"
  })
  void onlyAPageOfThisServerIsItsOwn(String origin, String host, boolean own) {
    assertEquals(own, Origins.isOwn(origin, host));
    assertFalse(Origins.isOwn(origin, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/console/library", "/console/library?q=a%20b&page=2", "/content/7/photo.jpg"})
  void loginLeadsBackIntoTheConsole(String wanted) {
    assertEquals(wanted, Paths.target(wanted));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://evil.example/",
        "//evil.example/console/x",
        "/\\evil.example",
        "/login",
        "/console/../logout",
        "/console/%0d%0aSet-Cookie:x\r\n",
        "/console/\r\nx",
        "/consolex/y",
        "javascript:alert(1)"
      })
  void loginLeadsNowhereElse(String wanted) {
    assertEquals(Paths.START, Paths.target(wanted));
    assertEquals(Paths.START, Paths.target(null));
    assertEquals(Paths.START, Paths.target("/console/" + "x".repeat(2_000)));
  }
}
