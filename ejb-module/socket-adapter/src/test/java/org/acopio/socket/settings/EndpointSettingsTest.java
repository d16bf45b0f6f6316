package org.acopio.socket.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.acopio.socket.frame.Framing;
import org.acopio.socket.settings.TlsSettings.ClientCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts become settings, or an error that names the property. */
class EndpointSettingsTest {
  private static EndpointSettings read(Map<String, String> values) {
    return EndpointSettings.read(
        property -> values.getOrDefault(property.key(), property.defaultValue()),
        Expressions.ofThisJvm());
  }

  @Test
  void defaults() throws Exception {
    assertEquals(
        new EndpointSettings(
            "tcp",
            List.of(),
            InetAddress.getByName("127.0.0.1"),
            Concurrency.SELECTOR,
            Execution.EVENT_LOOP,
            DeliveryUnit.MESSAGE,
            Framing.RAW,
            65_536,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            10_000,
            10_000,
            "",
            1_024,
            262_144,
            0,
            32,
            32,
            false,
            Optional.empty()),
        read(Map.of()));
  }

  @Test
  void everyPropertyMaps() throws Exception {
    Map<String, String> values =
        Map.ofEntries(
            Map.entry("name", "mail-1"),
            Map.entry("ports", "25, 0,2525"),
            Map.entry("bindAddress", "::1"),
            Map.entry("concurrency", "thread"),
            Map.entry("execution", "worker"),
            Map.entry("deliveryUnit", "message"),
            Map.entry("framing", "line"),
            Map.entry("maxFrameBytes", "1000"),
            Map.entry("firstByteTimeout", "PT1S"),
            Map.entry("idleTimeout", "PT2M"),
            Map.entry("handshakeTimeout", "PT3S"),
            Map.entry("drainTimeout", "PT0S"),
            Map.entry("maxConnections", "5"),
            Map.entry("maxConnectionsPerAddress", "3"),
            Map.entry("refusal", "421 busy\r\n"),
            Map.entry("backlog", "7"),
            Map.entry("highWaterMark", "2048"),
            Map.entry("eventLoops", "1"),
            Map.entry("workers", "9"),
            Map.entry("endpoints", "8"),
            Map.entry("proxyProtocol", "TRUE"),
            Map.entry("tls", "pem"),
            Map.entry("tlsCertificate", "/c.pem"),
            Map.entry("tlsKey", "/k.pem"),
            Map.entry("tlsClientCertificates", "required"),
            Map.entry("tlsTrust", "/ca.pem"),
            Map.entry("tlsProtocols", " TLSv1.3 "),
            Map.entry("tlsExempt", "loopback"),
            Map.entry("tlsRead", "first-bean"));
    assertEquals(
        new EndpointSettings(
            "mail-1",
            List.of(25, 0, 2525),
            InetAddress.getByName("::1"),
            Concurrency.THREAD,
            Execution.WORKER,
            DeliveryUnit.MESSAGE,
            Framing.LINE,
            1_000,
            Duration.ofSeconds(1),
            Duration.ofMinutes(2),
            Duration.ofSeconds(3),
            Duration.ZERO,
            5,
            3,
            "421 busy\r\n",
            7,
            2_048,
            1,
            9,
            8,
            true,
            Optional.of(
                new TlsSettings(
                    new TlsSettings.Pem(Path.of("/c.pem"), Path.of("/k.pem")),
                    ClientCertificates.REQUIRED,
                    Path.of("/ca.pem"),
                    List.of("TLSv1.3"),
                    TlsSettings.Exemption.LOOPBACK,
                    TlsSettings.FirstRead.FIRST_BEAN))),
        read(values));
  }

  @ParameterizedTest
  @CsvSource({
    "name, a b",
    "name, ''",
    "ports, 65536",
    "ports, '1,,2'",
    "ports, '7,7'",
    "ports, http",
    "bindAddress, ''",
    "bindAddress, no such host.invalid",
    "concurrency, fiber",
    "execution, loop",
    "deliveryUnit, batch",
    "framing, xml",
    "maxFrameBytes, 0",
    "maxFrameBytes, 268435457",
    "firstByteTimeout, 5s",
    "idleTimeout, -PT1S",
    "handshakeTimeout, P366D",
    "drainTimeout, ''",
    "maxConnections, 0",
    "maxConnectionsPerAddress, -1",
    "backlog, 0",
    "highWaterMark, 1",
    "eventLoops, -1",
    "workers, 0",
    "endpoints, 0",
    "proxyProtocol, yes",
    "tls, ssl"
  })
  void aWrongValueIsNamedWithItsProperty(String property, String value) {
    InvalidSettingException wrong =
        assertThrows(InvalidSettingException.class, () -> read(Map.of(property, value)));
    assertEquals(property, wrong.property().key());
    assertTrue(
        wrong.getMessage().contains("'" + property + "' is '" + value + "'; it must be "),
        wrong.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "tlsProtocols, ''",
    "tlsProtocols, 'TLSv1.3,'",
    "tlsProtocols, 'TLSv1.3,TLSv1.3'",
    "tlsProtocols, TLSv1.1",
    "tlsProtocols, tlsv1.3",
    "tlsExempt, ''",
    "tlsExempt, 127.0.0.1",
    "tlsRead, never"
  })
  void aWrongValueOfTlsIsNamedWithItsProperty(String property, String value) {
    Map<String, String> tls = Map.of("tls", "pkcs12", "tlsKeyStore", "/s.p12", property, value);
    InvalidSettingException wrong = assertThrows(InvalidSettingException.class, () -> read(tls));
    assertEquals(property, wrong.property().key());
    assertTrue(
        wrong.getMessage().contains("'" + property + "' is '" + value + "'; it must be "),
        wrong.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "none, 127.0.0.1, false",
    "loopback, 127.0.0.1, true",
    "loopback, 127.8.7.6, true",
    "loopback, ::1, true",
    "loopback, ::ffff:127.0.0.1, true",
    "loopback, 192.0.2.1, false",
    "loopback, ::2, false",
    "loopback, ::ffff:192.0.2.1, false"
  })
  void onlyLoopbackIsEverExempt(String exempt, String peer, boolean free) throws Exception {
    TlsSettings tls =
        read(Map.of("tls", "pkcs12", "tlsKeyStore", "/s.p12", "tlsExempt", exempt))
            .tls()
            .orElseThrow();
    assertEquals(free, tls.exempts(InetAddress.getByName(peer)));
  }

  @ParameterizedTest
  @CsvSource({
    "pem, tlsCertificate",
    "pkcs12, tlsKeyStore",
  })
  void tlsNeedsItsFiles(String tls, String missing) {
    InvalidSettingException wrong =
        assertThrows(InvalidSettingException.class, () -> read(Map.of("tls", tls)));
    assertEquals(missing, wrong.property().key());
  }

  @ParameterizedTest
  @CsvSource({"concurrency, thread", "execution, worker"})
  void turnsAreOfEventLoopsOnly(String property, String value) {
    assertEquals(DeliveryUnit.TURN, read(Map.of("deliveryUnit", "turn")).deliveryUnit());
    InvalidSettingException wrong =
        assertThrows(
            InvalidSettingException.class,
            () -> read(Map.of("deliveryUnit", "turn", property, value)));
    assertEquals("deliveryUnit", wrong.property().key());
    assertTrue(wrong.getMessage().contains("it must be 'message' where"), wrong.getMessage());
  }

  @Test
  void noPasswordIsEverShown() {
    EndpointSettings settings =
        read(Map.of("tls", "pkcs12", "tlsKeyStore", "/s.p12", "tlsKeyStorePassword", "top secret"));
    assertFalse(settings.toString().contains("top secret"));
  }

  @Test
  void numbersOfFailuresAreUnique() {
    assertEquals(
        Failure.values().length,
        java.util.Arrays.stream(Failure.values()).map(Failure::code).distinct().count());
  }
}
