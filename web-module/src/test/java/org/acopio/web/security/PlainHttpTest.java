package org.acopio.web.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept off the network in clear, and where it is instead. */
class PlainHttpTest {
  @ParameterizedTest
  @CsvSource({
    "/console, true",
    "/console/overview, true",
    "/content/1, true",
    "/api, true",
    "/api/files, true",
    "/api/statusx, true",
    "/api/parityx/7, true",
    "/login, true",
    "/logout, true",
    "/password, true",
    "/api/status, false",
    "/api/parity, false",
    "/api/parity/7, false",
    "/, false",
    "/RPC2, false",
    "/health/ready, false",
    "/metrics, false",
    "/icon.png, false",
    "/consolex, false"
  })
  void whatNeedsALoginIsSecret(String path, boolean secret) {
    assertEquals(secret, Paths.isSecret(path));
  }

  @ParameterizedTest
  @CsvSource({
    "pc7:8000, https://pc7:8443/console/x?a=b",
    "pc7, https://pc7:8443/console/x?a=b",
    "192.0.2.7:8000, https://192.0.2.7:8443/console/x?a=b",
    "[2001:db8::1]:8000, https://[2001:db8::1]:8443/console/x?a=b",
    "'evil/@x', https://192.0.2.9:8443/console/x?a=b",
    "'a b', https://192.0.2.9:8443/console/x?a=b",
    ", https://192.0.2.9:8443/console/x?a=b"
  })
  void theSamePlaceIsThereWithHttps(String host, String target) {
    assertEquals(target, PlainHttp.target(host, "192.0.2.9", "8443", "/console/x", "a=b"));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, false",
    "0:0:0:0:0:0:0:1, 0:0:0:0:0:0:0:1, false",
    "192.0.2.9, 192.0.2.9, false",
    "192.0.2.7, 192.0.2.9, true",
    "192.0.2.7, 127.0.0.1, true",
    "2001:db8:0:0:0:0:0:7, 2001:db8:0:0:0:0:0:1, true"
  })
  void whatStaysOnTheMachineMayBeInClear(String remote, String local, boolean leaves) {
    assertEquals(leaves, PlainHttp.leavesTheMachine(remote, local));
  }

  @Test
  void anAddressWithColonsStandsInBrackets() {
    assertEquals(
        "https://[2001:db8:0:0:0:0:0:1]:1/",
        PlainHttp.target(null, "2001:db8:0:0:0:0:0:1", "1", "/", null));
  }
}
