package org.acopio.socket.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.acopio.socket.settings.Failure;
import org.acopio.socket.settings.InvalidSettingException;
import org.acopio.socket.settings.Property;

/** Certificates and keys in the textual encoding of RFC 7468. */
final class PemFile {
  private static final long MOST_BYTES = 4L * 1024 * 1024;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
  private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private PemFile() {}

  /** All certificates of a file, in their order. */
  static List<X509Certificate> certificates(Path file) {
    return certificates(Property.TLS_CERTIFICATE, file);
  }

  /** All certificates of a file of authorities. */
  static List<X509Certificate> authorities(Path file) {
    return certificates(Property.TLS_TRUST, file);
  }

  private static List<X509Certificate> certificates(Property property, Path file) {
    List<X509Certificate> found = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (byte[] certificate : blocks(property, file, "CERTIFICATE")) {
        found.add(
            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(certificate)));
      }
    } catch (GeneralSecurityException wrong) {
      throw unusable(property, file, "it holds no valid certificate: " + wrong.getMessage(), wrong);
    }
    if (found.isEmpty()) {
      throw unusable(property, file, "it holds no 'BEGIN CERTIFICATE'");
    }
    return found;
  }

  /** The private key of a file. */
  static PrivateKey key(Path file) {
    List<byte[]> keys = blocks(Property.TLS_KEY, file, "PRIVATE KEY");
    if (keys.isEmpty()) {
      throw unusable(
          Property.TLS_KEY,
          file,
          "it holds no 'BEGIN PRIVATE KEY'; convert the key with 'openssl pkcs8 -topk8 -nocrypt'");
    }
    PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(keys.get(0));
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
      } catch (InvalidKeySpecException otherAlgorithm) {
        continue;
      } catch (GeneralSecurityException absent) {
        throw unusable(Property.TLS_KEY, file, absent.getMessage(), absent);
      }
    }
    throw unusable(Property.TLS_KEY, file, "its key is none of " + KEY_ALGORITHMS);
  }

  private static List<byte[]> blocks(Property property, Path file, String label) {
    List<byte[]> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(read(property, file));
    while (matcher.find()) {
      if (matcher.group(1).equals(label)) {
        blocks.add(decode(property, file, matcher.group(2)));
      }
    }
    return blocks;
  }

  private static byte[] decode(Property property, Path file, String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException wrong) {
      throw unusable(property, file, "its Base64 is damaged: " + wrong.getMessage(), wrong);
    }
  }

  private static String read(Property property, Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw unusable(property, file, "it has more than " + MOST_BYTES + " bytes");
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException missing) {
      throw unusable(property, file, "there is no such file", missing);
    } catch (IOException unreadable) {
      throw unusable(property, file, "it cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  static InvalidSettingException unusable(Property property, Path file, String why) {
    return new InvalidSettingException(property, Failure.TLS_FILE.text(property.key(), file, why));
  }

  static InvalidSettingException unusable(
      Property property, Path file, String why, Exception cause) {
    return new InvalidSettingException(
        property, Failure.TLS_FILE.text(property.key(), file, why), cause);
  }
}
