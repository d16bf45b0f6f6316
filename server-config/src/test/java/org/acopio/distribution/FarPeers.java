package org.acopio.distribution;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Peers of all kinds on another computer, a program of its own: they talk once, and stay. */
final class FarPeers {
  private static final int MILLIS = 20_000;
  private static final char[] NO_PASSWORD = {};

  /** The application protocol of calls. */
  static final String CALLS = "acopio-rmi/1";

  /** JRMI, version 2, stream protocol; answered with N and an address. */
  private static final String JRMI = "4a524d4900024b";

  /** An empty host and port 0, then RMI's own question whether somebody is there. */
  private static final String WHO_AND_PING = "00000000000052";

  private static final List<Socket> OPEN = new ArrayList<>();

  private FarPeers() {}

  /**
   * {@code HOST IDENTITY AUTHORIZATION KIND PORT [KIND PORT]…}, where a kind is one of sessions,
   * {@code http}, {@code https} or {@code live}, a page that is told what changes. The identity is
   * the folder of an enrolled PC, the authorization that of an administrator. Prints {@code held}
   * when every peer was answered.
   */
  public static void main(String[] words) throws Exception {
    SSLContext known = known(Path.of(words[1]));
    for (int i = 3; i < words.length; i += 2) {
      Socket socket = new Socket();
      socket.setSoTimeout(MILLIS);
      socket.connect(new InetSocketAddress(words[0], Integer.parseInt(words[i + 1])), MILLIS);
      talk(words[i], socket, known, words[2]);
    }
    System.out.println("held");
    TimeUnit.HOURS.sleep(1);
  }

  private static void talk(String kind, Socket socket, SSLContext known, String authorization)
      throws IOException {
    switch (kind) {
      case "echo-queue" -> ask(socket, "hola".getBytes(StandardCharsets.US_ASCII), 4);
      case "echo" -> {
        ask(socket, "hola".getBytes(StandardCharsets.US_ASCII), 4);
        talkOn(socket, new byte[10_000]);
      }
      case "session-selector" -> ask(socket, "hola\n".getBytes(StandardCharsets.US_ASCII), 20);
      case "session-thread" -> {
        ask(socket, "hola\n".getBytes(StandardCharsets.US_ASCII), 20);
        talkOn(socket, "hola\n".repeat(2_000).getBytes(StandardCharsets.US_ASCII));
      }
      case "ingest" -> ask(secure(socket, known), HexFormat.of().parseHex("41434f50494f0101"), 12);
      case "rmi" -> {
        Socket secure = secure(socket, known, CALLS);
        byte[] ready = ask(secure, HexFormat.of().parseHex(JRMI), 3);
        // Its address follows: a text of so many bytes, and a port of 4.
        read(secure, ready[1] << 8 | ready[2] & 0xff);
        read(secure, 4);
        ask(secure, HexFormat.of().parseHex(WHO_AND_PING), 1);
      }
      case "http" -> ask(socket, request(socket), 12);
      case "https" -> ask(secure(socket, known), request(socket), 12);
      case "live" -> {
        String answer =
            new String(
                ask(secure(socket, known), handshake(socket, authorization), 12),
                StandardCharsets.US_ASCII);
        if (!answer.equals("HTTP/1.1 101")) {
          throw new IOException("the page is told nothing: " + answer);
        }
      }
      default -> throw new IllegalArgumentException(kind);
    }
  }

  /** Without a pause, so that answers are on their way at any moment. */
  private static void talkOn(Socket socket, byte[] words) {
    inBackground(() -> socket.getOutputStream().write(words));
    inBackground(() -> read(socket, words.length));
  }

  private static void inBackground(Step step) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  step.take();
                }
              } catch (IOException e) {
                System.out.println("over: " + e);
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private interface Step {
    void take() throws IOException;
  }

  /** After its answer the connection stays, for the next one. */
  private static byte[] request(Socket socket) {
    return ("GET /api/status HTTP/1.1\r\nHost: "
            + socket.getInetAddress().getHostAddress()
            + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** RFC 6455, section 4.1, with the key of its example. */
  private static byte[] handshake(Socket socket, String authorization) {
    return ("GET /console/live/overview HTTP/1.1\r\nHost: "
            + socket.getInetAddress().getHostAddress()
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: "
            + authorization
            + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] ask(Socket socket, byte[] question, int answer) throws IOException {
    OPEN.add(socket);
    socket.getOutputStream().write(question);
    return read(socket, answer);
  }

  private static byte[] read(Socket socket, int count) throws IOException {
    byte[] bytes = socket.getInputStream().readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException(socket + " was closed");
    }
    return bytes;
  }

  private static SSLSocket secure(Socket socket, SSLContext known, String... protocols)
      throws IOException {
    SSLSocket secure = (SSLSocket) known.getSocketFactory().createSocket(socket, "server", 0, true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3"});
    parameters.setApplicationProtocols(protocols);
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }

  /** Shows the certificate of an enrolled PC, and trusts its server. */
  static SSLContext known(Path identity) throws IOException, GeneralSecurityException {
    Certificate authority = certificate(identity.resolve("authority.pem"));
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setKeyEntry(
        "agent",
        key(identity.resolve("agent-tls.key")),
        NO_PASSWORD,
        new Certificate[] {certificate(identity.resolve("agent.pem")), authority});
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", authority);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, NO_PASSWORD);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static Certificate certificate(Path pem) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(pem)) {
      return CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static PrivateKey key(Path pem) throws IOException, GeneralSecurityException {
    String text = Files.readString(pem).replaceAll("-----[A-Z ]+-----|\\s", "");
    return KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text)));
  }
}
