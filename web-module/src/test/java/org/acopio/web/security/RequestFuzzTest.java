package org.acopio.web.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.acopio.web.problem.Languages;

/** Whatever a link or a header says: nobody is sent to another site, no name is asked for. */
class RequestFuzzTest {
  @FuzzTest
  void loginLeadsToThisServerOnly(byte[] bytes) {
    String wanted = new String(bytes, StandardCharsets.UTF_8);
    String target = Paths.target(wanted);
    assertTrue(target.startsWith("/console/") || target.startsWith("/content/"), target);
    assertFalse(target.contains("..") || target.contains("\\") || target.contains("\n"), target);
    URI there =
        URI.create("http://here/login").resolve(target.replaceAll("%(?![0-9A-Fa-f]{2})", ""));
    assertTrue("here".equals(there.getHost()), target);
  }

  @FuzzTest
  void unknownHostIsNoHostOfThisServer(byte[] bytes) {
    String host = new String(bytes, StandardCharsets.ISO_8859_1);
    if (Origins.isKnownHost(host, "127.0.0.1", Set.of("server.example"))) {
      String name = Origins.withoutPort(host).toLowerCase(java.util.Locale.ROOT);
      assertTrue(
          Set.of("localhost", "server.example").contains(name) || Origins.isLoopback(name), host);
    }
    assertFalse(
        Origins.isOwn("http://evil.example", host) && !host.equalsIgnoreCase("evil.example"));
  }

  /** Either nobody's, or what is written again from it is read as the same. */
  @FuzzTest
  void authorizationIsOfAKnownKindOrNobodys(byte[] bytes) {
    Optional<Authorization> read = Authorization.of(new String(bytes, StandardCharsets.ISO_8859_1));
    if (read.isEmpty()) {
      return;
    }
    String again =
        read.get() instanceof Authorization.Basic basic
            ? "Basic " + encoded(basic.name() + ":" + basic.password())
            : "Bearer " + ((Authorization.Bearer) read.get()).token();
    assertTrue(again.length() <= 4 * Authorization.MOST, again);
    if (again.length() <= Authorization.MOST) {
      assertEquals(read, Authorization.of(again));
    }
  }

  @FuzzTest
  void languageIsOneThatThereIs(byte[] bytes) {
    String header = new String(bytes, StandardCharsets.ISO_8859_1);
    assertTrue(Languages.ALL.contains(Languages.of(header)), header);
  }

  private static String encoded(String pair) {
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
