package org.acopio.web.security;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;

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
}
