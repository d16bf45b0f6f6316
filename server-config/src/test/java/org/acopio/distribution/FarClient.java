package org.acopio.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** What a test does from another computer: a program of its own, which prints what it saw. */
final class FarClient {
  private static final int MILLIS = 20_000;
  private static final int LAST_PORT = 65_535;

  private FarClient() {}

  /**
   * {@code ports HOST} · {@code http AUTHORITY METHOD URL BODY [NAME VALUE]…} · {@code plain HOST
   * PORT TEXT} · {@code tls AUTHORITY PROTOCOL HOST PORT TEXT}.
   */
  public static void main(String[] words) throws Exception {
    switch (words[0]) {
      case "ports" -> ports(words[1]);
      case "http" -> http(words);
      case "plain" -> {
        try (Socket socket = connect(words[1], words[2])) {
          say(socket, words[3]);
        }
      }
      case "tls" -> {
        try (SSLSocket socket =
            (SSLSocket)
                trusting(words[1])
                    .getSocketFactory()
                    .createSocket(connect(words[3], words[4]), words[3], 0, true)) {
          socket.setEnabledProtocols(new String[] {words[2]});
          say(socket, words[5]);
        }
      }
      default -> throw new IllegalArgumentException(Arrays.toString(words));
    }
  }

  private static void ports(String host) {
    for (int port = 1; port <= LAST_PORT; port++) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(host, port), MILLIS);
        System.out.println(port);
      } catch (IOException closed) {
        continue;
      }
    }
  }

  private static void http(String[] words) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(words[3]))
            .timeout(Duration.ofMillis(MILLIS))
            .method(words[2], BodyPublishers.ofString(words[4]));
    for (int at = 5; at < words.length; at += 2) {
      request.header(words[at], words[at + 1]);
    }
    HttpResponse<String> answer =
        HttpClient.newBuilder()
            .sslContext(trusting(words[1]))
            .version(HttpClient.Version.HTTP_1_1)
            .build()
            .send(request.build(), BodyHandlers.ofString());
    System.out.println(answer.statusCode());
    for (String name : List.of("Location", "Set-Cookie", "Strict-Transport-Security")) {
      answer.headers().allValues(name).forEach(value -> System.out.println(name + ": " + value));
    }
    answer.sslSession().ifPresent(session -> System.out.println(session.getProtocol()));
    System.out.println(answer.body());
  }

  private static Socket connect(String host, String port) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(MILLIS);
    socket.connect(new InetSocketAddress(host, Integer.parseInt(port)), MILLIS);
    return socket;
  }

  /** Prints what comes back until the end, or how it ended. */
  private static void say(Socket socket, String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      byte[] answer = socket.getInputStream().readAllBytes();
      System.out.println("answer " + new String(answer, StandardCharsets.ISO_8859_1));
    } catch (IOException ended) {
      System.out.println("ended " + ended);
    }
  }

  private static SSLContext trusting(String authority)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(Path.of(authority))) {
      trusted.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
