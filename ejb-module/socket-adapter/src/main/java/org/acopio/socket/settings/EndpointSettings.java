package org.acopio.socket.settings;

import static org.acopio.socket.settings.Property.BACKLOG;
import static org.acopio.socket.settings.Property.BIND_ADDRESS;
import static org.acopio.socket.settings.Property.CONCURRENCY;
import static org.acopio.socket.settings.Property.DELIVERY_UNIT;
import static org.acopio.socket.settings.Property.DRAIN_TIMEOUT;
import static org.acopio.socket.settings.Property.ENDPOINTS;
import static org.acopio.socket.settings.Property.EVENT_LOOPS;
import static org.acopio.socket.settings.Property.EXECUTION;
import static org.acopio.socket.settings.Property.FIRST_BYTE_TIMEOUT;
import static org.acopio.socket.settings.Property.FRAMING;
import static org.acopio.socket.settings.Property.HANDSHAKE_TIMEOUT;
import static org.acopio.socket.settings.Property.HIGH_WATER_MARK;
import static org.acopio.socket.settings.Property.IDLE_TIMEOUT;
import static org.acopio.socket.settings.Property.MAX_CONNECTIONS;
import static org.acopio.socket.settings.Property.MAX_CONNECTIONS_PER_ADDRESS;
import static org.acopio.socket.settings.Property.MAX_FRAME_BYTES;
import static org.acopio.socket.settings.Property.NAME;
import static org.acopio.socket.settings.Property.PORTS;
import static org.acopio.socket.settings.Property.PROXY_PROTOCOL;
import static org.acopio.socket.settings.Property.REFUSAL;
import static org.acopio.socket.settings.Property.TLS;
import static org.acopio.socket.settings.Property.TLS_CERTIFICATE;
import static org.acopio.socket.settings.Property.TLS_CLIENT_CERTIFICATES;
import static org.acopio.socket.settings.Property.TLS_EXEMPT;
import static org.acopio.socket.settings.Property.TLS_KEY;
import static org.acopio.socket.settings.Property.TLS_KEY_STORE;
import static org.acopio.socket.settings.Property.TLS_KEY_STORE_PASSWORD;
import static org.acopio.socket.settings.Property.TLS_PROTOCOLS;
import static org.acopio.socket.settings.Property.TLS_READ;
import static org.acopio.socket.settings.Property.TLS_TRUST;
import static org.acopio.socket.settings.Property.WORKERS;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.acopio.socket.frame.Framing;
import org.acopio.socket.settings.TlsSettings.ClientCertificates;

/**
 * The properties of one activation, checked. Durations of zero switch a deadline off; {@code
 * maxConnectionsPerAddress} is at most {@code maxConnections}. Limits count for each port.
 */
public record EndpointSettings(
    String name,
    List<Integer> ports,
    InetAddress bindAddress,
    Concurrency concurrency,
    Execution execution,
    DeliveryUnit deliveryUnit,
    Framing framing,
    int maxFrameBytes,
    Duration firstByteTimeout,
    Duration idleTimeout,
    Duration handshakeTimeout,
    Duration drainTimeout,
    int maxConnections,
    int maxConnectionsPerAddress,
    String refusal,
    int backlog,
    int highWaterMark,
    int eventLoops,
    int workers,
    int endpoints,
    boolean proxyProtocol,
    Optional<TlsSettings> tls) {
  private static final int MOST_FRAME_BYTES = 256 * 1024 * 1024;

  public EndpointSettings {
    ports = List.copyOf(ports);
  }

  /**
   * Reads all properties.
   *
   * @param values the value of each, with expressions
   * @throws InvalidSettingException for the first that is wrong
   */
  public static EndpointSettings read(Function<Property, String> values, Expressions expressions) {
    PropertyReader reader = new PropertyReader(values, expressions);
    int connections = reader.integer(MAX_CONNECTIONS, 1, 1_000_000);
    int perAddress = reader.integer(MAX_CONNECTIONS_PER_ADDRESS, 0, 1_000_000);
    return new EndpointSettings(
        name(reader),
        reader.ports(PORTS),
        reader.address(BIND_ADDRESS),
        reader.choice(CONCURRENCY, Concurrency.class),
        reader.choice(EXECUTION, Execution.class),
        deliveryUnit(reader),
        reader.choice(FRAMING, Framing.class),
        reader.integer(MAX_FRAME_BYTES, 1, MOST_FRAME_BYTES),
        reader.duration(FIRST_BYTE_TIMEOUT),
        reader.duration(IDLE_TIMEOUT),
        reader.duration(HANDSHAKE_TIMEOUT),
        reader.duration(DRAIN_TIMEOUT),
        connections,
        perAddress == 0 ? connections : Math.min(perAddress, connections),
        reader.exactText(REFUSAL),
        reader.integer(BACKLOG, 1, 65_535),
        reader.integer(HIGH_WATER_MARK, 1_024, 1 << 30),
        reader.integer(EVENT_LOOPS, 0, 1_024),
        reader.integer(WORKERS, 1, 1_024),
        reader.integer(ENDPOINTS, 1, 1_024),
        reader.flag(PROXY_PROTOCOL),
        tls(reader));
  }

  private static DeliveryUnit deliveryUnit(PropertyReader reader) {
    DeliveryUnit unit = reader.choice(DELIVERY_UNIT, DeliveryUnit.class);
    boolean onLoops =
        reader.choice(CONCURRENCY, Concurrency.class) == Concurrency.SELECTOR
            && reader.choice(EXECUTION, Execution.class) == Execution.EVENT_LOOP;
    if (unit == DeliveryUnit.TURN && !onLoops) {
      throw InvalidSettingException.bad(
          DELIVERY_UNIT,
          PropertyReader.word(unit),
          "'message' where concurrency is not 'selector' or execution not 'event-loop'");
    }
    return unit;
  }

  private static String name(PropertyReader reader) {
    String name = reader.text(NAME);
    if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
      throw InvalidSettingException.bad(
          NAME, name, "1 to 64 letters, digits, dots, hyphens or underscores");
    }
    return name;
  }

  private static Optional<TlsSettings> tls(PropertyReader reader) {
    TlsSettings.Mode mode = reader.choice(TLS, TlsSettings.Mode.class);
    if (mode == TlsSettings.Mode.OFF) {
      return Optional.empty();
    }
    TlsSettings.Material material =
        mode == TlsSettings.Mode.PEM
            ? new TlsSettings.Pem(path(reader, TLS_CERTIFICATE), path(reader, TLS_KEY))
            : new TlsSettings.Pkcs12(
                path(reader, TLS_KEY_STORE), reader.exactText(TLS_KEY_STORE_PASSWORD));
    ClientCertificates clients = reader.choice(TLS_CLIENT_CERTIFICATES, ClientCertificates.class);
    Path trust = clients == ClientCertificates.NONE ? Path.of("") : trust(reader);
    return Optional.of(
        new TlsSettings(
            material,
            clients,
            trust,
            reader.words(TLS_PROTOCOLS, TlsSettings.PROTOCOLS),
            reader.choice(TLS_EXEMPT, TlsSettings.Exemption.class),
            reader.choice(TLS_READ, TlsSettings.FirstRead.class)));
  }

  private static Path path(PropertyReader reader, Property property) {
    return Path.of(reader.required(property, "tls is " + reader.text(TLS)));
  }

  private static Path trust(PropertyReader reader) {
    return Path.of(
        reader.required(
            TLS_TRUST, "tlsClientCertificates is " + reader.text(TLS_CLIENT_CERTIFICATES)));
  }
}
