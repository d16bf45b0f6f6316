package org.acopio.socket.tls;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Function;
import org.acopio.socket.settings.InvalidSettingException;
import org.acopio.socket.settings.Property;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Whatever a file of certificates or of a key holds: what it says, or which property is wrong. */
class PemFuzzTest {
  /** What the lines BEGIN and END of a certificate take. */
  private static final int LEAST_BYTES = 54;

  private static Path file;

  @BeforeAll
  static void makeFile() throws IOException {
    file = Files.createTempFile("acopio-fuzz", ".pem");
  }

  @AfterAll
  static void deleteFile() throws IOException {
    Files.delete(file);
  }

  @FuzzTest
  void certificatesAreReadOrTheFileIsNamed(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    check(Property.TLS_CERTIFICATE, () -> certificates(PemFile::certificates));
    check(Property.TLS_TRUST, () -> certificates(PemFile::authorities));
  }

  @FuzzTest
  void keyIsReadOrTheFileIsNamed(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    check(
        Property.TLS_KEY,
        () -> {
          String algorithm = PemFile.key(file).getAlgorithm();
          assertTrue(List.of("RSA", "EC", "EdDSA").contains(algorithm), algorithm);
        });
  }

  private static void certificates(Function<Path, List<X509Certificate>> reader)
      throws IOException {
    List<X509Certificate> found = reader.apply(file);
    assertFalse(found.isEmpty());
    assertTrue(
        found.size() <= Files.size(file) / LEAST_BYTES, () -> found.size() + " certificates");
  }

  private static void check(Property property, Reading reading) throws IOException {
    try {
      reading.read();
    } catch (InvalidSettingException e) {
      String said = String.valueOf(e.getMessage());
      assertTrue(said.startsWith("ACOPIO-SOCKET-"), said);
      assertTrue(said.contains(property.key()), said);
      assertTrue(said.contains(file.toString()), said);
    }
  }

  private interface Reading {
    void read() throws IOException;
  }
}
