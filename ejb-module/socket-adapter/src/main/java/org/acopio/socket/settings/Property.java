package org.acopio.socket.settings;

import java.util.Arrays;
import java.util.Optional;

/** The properties of an activation, with the values that they have until they are set. */
public enum Property {
  NAME("name", "tcp"),
  PORTS("ports", ""),
  BIND_ADDRESS("bindAddress", "127.0.0.1"),
  CONCURRENCY("concurrency", "selector"),
  EXECUTION("execution", "event-loop"),
  DELIVERY_UNIT("deliveryUnit", "message"),
  FRAMING("framing", "raw"),
  MAX_FRAME_BYTES("maxFrameBytes", "65536"),
  FIRST_BYTE_TIMEOUT("firstByteTimeout", "PT0S"),
  IDLE_TIMEOUT("idleTimeout", "PT0S"),
  HANDSHAKE_TIMEOUT("handshakeTimeout", "PT10S"),
  DRAIN_TIMEOUT("drainTimeout", "PT10S"),
  MAX_CONNECTIONS("maxConnections", "10000"),
  MAX_CONNECTIONS_PER_ADDRESS("maxConnectionsPerAddress", "0"),
  REFUSAL("refusal", ""),
  BACKLOG("backlog", "1024"),
  HIGH_WATER_MARK("highWaterMark", "262144"),
  EVENT_LOOPS("eventLoops", "0"),
  WORKERS("workers", "32"),
  ENDPOINTS("endpoints", "32"),
  PROXY_PROTOCOL("proxyProtocol", "false"),
  TLS("tls", "off"),
  TLS_CERTIFICATE("tlsCertificate", ""),
  TLS_KEY("tlsKey", ""),
  TLS_KEY_STORE("tlsKeyStore", ""),
  TLS_KEY_STORE_PASSWORD("tlsKeyStorePassword", ""),
  TLS_CLIENT_CERTIFICATES("tlsClientCertificates", "none"),
  TLS_TRUST("tlsTrust", ""),
  TLS_PROTOCOLS("tlsProtocols", "TLSv1.3,TLSv1.2"),
  TLS_EXEMPT("tlsExempt", "none"),
  TLS_READ("tlsRead", "activation");

  private final String key;
  private final String defaultValue;

  Property(String key, String defaultValue) {
    this.key = key;
    this.defaultValue = defaultValue;
  }

  /** Its name as a bean property of the activation spec. */
  public String key() {
    return key;
  }

  /** Its value until it is set. */
  public String defaultValue() {
    return defaultValue;
  }

  /** The property of that name. */
  public static Optional<Property> of(String key) {
    return Arrays.stream(values()).filter(p -> p.key.equals(key)).findFirst();
  }
}
