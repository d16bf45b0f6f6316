package org.acopio.socket.adapter;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Keys and certificates that are made for a test run, by the JDK's keytool. */
final class TestCertificates {
  static final String PASSWORD = "changeit";

  private final Path directory;

  TestCertificates(Path directory) {
    this.directory = directory;
  }

  /** A key store with a self-signed certificate that begins that many days from now. */
  Path store(String name, String algorithm, int startDays) {
    Path store = directory.resolve(name + ".p12");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + name,
                "-startdate",
                (startDays < 0 ? "" : "+") + startDays + "d",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
    command.addAll(List.of("-ext", "san=ip:127.0.0.1"));
    run(command);
    return store;
  }

  private static void run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new AssertionError(output);
      }
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(command.toString(), failed);
    }
  }

  /** The certificate of a store as a PEM file. */
  Path certificate(Path store) {
    try {
      KeyStore loaded = load(store);
      byte[] der = loaded.getCertificate(loaded.aliases().nextElement()).getEncoded();
      return pem(store, "CERTIFICATE", der);
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** The key of a store as a PEM file. */
  Path key(Path store) {
    try {
      KeyStore loaded = load(store);
      String alias = loaded.aliases().nextElement();
      byte[] der = loaded.getKey(alias, PASSWORD.toCharArray()).getEncoded();
      return pem(store, "PRIVATE KEY", der);
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private Path pem(Path store, String label, byte[] der) {
    String text =
        "-----BEGIN "
            + label
            + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END "
            + label
            + "-----\n";
    Path file = directory.resolve(store.getFileName() + "." + label.replace(' ', '-') + ".pem");
    try {
      return Files.writeString(file, text);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static KeyStore load(Path store) {
    try (InputStream bytes = Files.newInputStream(store)) {
      KeyStore loaded = KeyStore.getInstance("PKCS12");
      loaded.load(bytes, PASSWORD.toCharArray());
      return loaded;
    } catch (IOException | GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** A client that trusts one server, and shows its own certificate if it has one. */
  static SSLContext client(Path server, Path... own) {
    try {
      KeyStore trust = KeyStore.getInstance("PKCS12");
      trust.load(null, null);
      KeyStore source = load(server);
      trust.setCertificateEntry("server", source.getCertificate(source.aliases().nextElement()));
      TrustManagerFactory trusting = TrustManagerFactory.getInstance("PKIX");
      trusting.init(trust);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(
          Arrays.stream(own).findFirst().map(TestCertificates::load).orElse(null),
          PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trusting.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
