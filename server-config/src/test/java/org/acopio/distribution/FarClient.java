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
import java.rmi.Remote;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** What a test does from another computer: a program of its own, which prints what it saw. */
final class FarClient {
  private static final int MILLIS = 20_000;
  private static final int LAST_PORT = 65_535;

  private FarClient() {}

  /**
   * {@code ports HOST} · {@code http AUTHORITY METHOD URL BODY [NAME VALUE]…} · {@code plain HOST
   * PORT HEX} · {@code tls AUTHORITY PROTOCOL HOST PORT HEX} · {@code rmi IDENTITY PROTOCOL HOST
   * PORT HEX} · {@code registry IDENTITY HOST PORT}. The last two show the certificate of an
   * enrolled PC, whose folder the identity is.
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
      case "rmi" -> {
        try (SSLSocket socket = enrolled(words[1], words[2], words[3], words[4])) {
          greet(socket, words[5]);
        }
      }
      case "registry" -> registry(words[1], words[2], Integer.parseInt(words[3]));
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

  private static SSLSocket enrolled(String identity, String protocol, String host, String port)
      throws IOException {
    try {
      SSLSocket socket =
          (SSLSocket)
              FarPeers.known(Path.of(identity))
                  .getSocketFactory()
                  .createSocket(connect(host, port), host, 0, true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setProtocols(new String[] {protocol});
      parameters.setApplicationProtocols(new String[] {FarPeers.CALLS});
      socket.setSSLParameters(parameters);
      return socket;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** Tries to change the registry, and prints what each try ended with, and what it lists then. */
  private static void registry(String identity, String host, int port) throws Exception {
    Registry registry =
        LocateRegistry.getRegistry(
            host,
            port,
            (to, number) -> enrolled(identity, "TLSv1.3", to, Integer.toString(number)));
    Remote mine = LocateRegistry.getRegistry(host, port);
    attempt("bind", () -> registry.bind("mine", mine));
    attempt("rebind", () -> registry.rebind("mine", mine));
    attempt("unbind", () -> registry.unbind(registry.list()[0]));
    System.out.println("lists " + registry.list().length);
  }

  private interface Attempt {
    void run() throws Exception;
  }

  private static void attempt(String what, Attempt attempt) {
    try {
      attempt.run();
      System.out.println(what + " done");
    } catch (Exception refused) {
      Throwable why = refused.getCause() == null ? refused : refused.getCause();
      System.out.println(what + " " + why.getClass().getName());
    }
  }

  private static Socket connect(String host, String port) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(MILLIS);
    socket.connect(new InetSocketAddress(host, Integer.parseInt(port)), MILLIS);
    return socket;
  }

  /** Prints what comes back until the end, or how it ended. */
  private static void say(Socket socket, String hex) {
    try {
      socket.getOutputStream().write(HexFormat.of().parseHex(hex));
      byte[] answer = socket.getInputStream().readAllBytes();
      System.out.println("answer " + new String(answer, StandardCharsets.ISO_8859_1));
    } catch (IOException ended) {
      System.out.println("ended " + ended);
    }
  }

  /** RMI answers a greeting with one byte and more, and then waits for the next word. */
  private static void greet(Socket socket, String hex) {
    try {
      socket.getOutputStream().write(HexFormat.of().parseHex(hex));
      int first = socket.getInputStream().read();
      System.out.println(first < 0 ? "ended" : "answer " + (char) first);
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
