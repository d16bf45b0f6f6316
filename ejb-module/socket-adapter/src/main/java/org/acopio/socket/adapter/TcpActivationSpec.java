package org.acopio.socket.adapter;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.IllegalStateException;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapter;
import java.beans.IntrospectionException;
import java.beans.PropertyDescriptor;
import java.util.EnumMap;
import java.util.Map;
import org.acopio.socket.settings.EndpointSettings;
import org.acopio.socket.settings.Expressions;
import org.acopio.socket.settings.InvalidSettingException;
import org.acopio.socket.settings.Property;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint's deployer configures. All properties are texts and take <code>${key:default}
 * </code> expressions, which the adapter resolves from system properties, the environment and
 * MicroProfile Config. Defaults, units and limits: {@link Property} and the adapter's
 * documentation.
 *
 * <p>A JavaBean (Jakarta Connectors 2.1, JavaBean requirements): not thread-safe while it is
 * configured.
 */
public final class TcpActivationSpec implements ActivationSpec, java.io.Serializable {
  private static final long serialVersionUID = 1L;

  private final EnumMap<Property, String> values = new EnumMap<>(Property.class);
  private transient @Nullable ResourceAdapter resourceAdapter;

  /** An activation with every property at its default. */
  public TcpActivationSpec() {
    for (Property property : Property.values()) {
      values.put(property, property.defaultValue());
    }
  }

  /**
   * Checks all properties, with their expressions resolved.
   *
   * @throws InvalidPropertyException for the first that is wrong; it names the property, its value
   *     and what is allowed
   */
  @Override
  public void validate() throws InvalidPropertyException {
    settings();
  }

  /** The properties, checked. */
  EndpointSettings settings() throws InvalidPropertyException {
    try {
      return EndpointSettings.read(
          property -> values.getOrDefault(property, property.defaultValue()),
          Expressions.ofThisJvm());
    } catch (InvalidSettingException wrong) {
      throw invalid(wrong);
    }
  }

  static InvalidPropertyException invalid(InvalidSettingException wrong) {
    InvalidPropertyException invalid = new InvalidPropertyException(wrong.getMessage(), wrong);
    try {
      invalid.setInvalidPropertyDescriptors(
          new PropertyDescriptor[] {
            new PropertyDescriptor(wrong.property().key(), TcpActivationSpec.class)
          });
    } catch (IntrospectionException impossible) {
      invalid.addSuppressed(impossible);
    }
    return invalid;
  }

  /** Values by property, a copy. */
  Map<Property, String> values() {
    return new EnumMap<>(values);
  }

  @Override
  public @Nullable ResourceAdapter getResourceAdapter() {
    return resourceAdapter;
  }

  /**
   * Ties this spec to its adapter, once.
   *
   * @throws IllegalStateException if it is tied to another already
   */
  @Override
  public void setResourceAdapter(ResourceAdapter adapter) throws ResourceException {
    if (resourceAdapter != null && resourceAdapter != adapter) {
      throw new IllegalStateException("the activation spec is tied to another adapter already");
    }
    resourceAdapter = adapter;
  }

  /** Its name in logs, statistics and thread names. */
  public String getName() {
    return values.get(Property.NAME);
  }

  public void setName(String value) {
    values.put(Property.NAME, value);
  }

  /** Ports to listen on. */
  public String getPorts() {
    return values.get(Property.PORTS);
  }

  public void setPorts(String value) {
    values.put(Property.PORTS, value);
  }

  /** The address to listen on. */
  public String getBindAddress() {
    return values.get(Property.BIND_ADDRESS);
  }

  public void setBindAddress(String value) {
    values.put(Property.BIND_ADDRESS, value);
  }

  /** {@code selector} or {@code thread}. */
  public String getConcurrency() {
    return values.get(Property.CONCURRENCY);
  }

  public void setConcurrency(String value) {
    values.put(Property.CONCURRENCY, value);
  }

  /** {@code event-loop} or {@code worker}; for {@code selector} only. */
  public String getExecution() {
    return values.get(Property.EXECUTION);
  }

  public void setExecution(String value) {
    values.put(Property.EXECUTION, value);
  }

  /** {@code message} or {@code turn}; the latter for {@code event-loop} only. */
  public String getDeliveryUnit() {
    return values.get(Property.DELIVERY_UNIT);
  }

  public void setDeliveryUnit(String value) {
    values.put(Property.DELIVERY_UNIT, value);
  }

  /** {@code raw}, {@code line} or {@code length}. */
  public String getFraming() {
    return values.get(Property.FRAMING);
  }

  public void setFraming(String value) {
    values.put(Property.FRAMING, value);
  }

  /** The most bytes that a message may have. */
  public String getMaxFrameBytes() {
    return values.get(Property.MAX_FRAME_BYTES);
  }

  public void setMaxFrameBytes(String value) {
    values.put(Property.MAX_FRAME_BYTES, value);
  }

  /** How long a client may take to send its first byte. */
  public String getFirstByteTimeout() {
    return values.get(Property.FIRST_BYTE_TIMEOUT);
  }

  public void setFirstByteTimeout(String value) {
    values.put(Property.FIRST_BYTE_TIMEOUT, value);
  }

  /** How long nothing may pass in either direction. */
  public String getIdleTimeout() {
    return values.get(Property.IDLE_TIMEOUT);
  }

  public void setIdleTimeout(String value) {
    values.put(Property.IDLE_TIMEOUT, value);
  }

  /** How long the PROXY header and TLS may take. */
  public String getHandshakeTimeout() {
    return values.get(Property.HANDSHAKE_TIMEOUT);
  }

  public void setHandshakeTimeout(String value) {
    values.put(Property.HANDSHAKE_TIMEOUT, value);
  }

  /** How long a stop waits for answers to be sent. */
  public String getDrainTimeout() {
    return values.get(Property.DRAIN_TIMEOUT);
  }

  public void setDrainTimeout(String value) {
    values.put(Property.DRAIN_TIMEOUT, value);
  }

  /** The most connections at once. */
  public String getMaxConnections() {
    return values.get(Property.MAX_CONNECTIONS);
  }

  public void setMaxConnections(String value) {
    values.put(Property.MAX_CONNECTIONS, value);
  }

  /** The most connections at once from one address. */
  public String getMaxConnectionsPerAddress() {
    return values.get(Property.MAX_CONNECTIONS_PER_ADDRESS);
  }

  public void setMaxConnectionsPerAddress(String value) {
    values.put(Property.MAX_CONNECTIONS_PER_ADDRESS, value);
  }

  /** What a client is told that is turned away. */
  public String getRefusal() {
    return values.get(Property.REFUSAL);
  }

  public void setRefusal(String value) {
    values.put(Property.REFUSAL, value);
  }

  /** How many connections may wait to be accepted. */
  public String getBacklog() {
    return values.get(Property.BACKLOG);
  }

  public void setBacklog(String value) {
    values.put(Property.BACKLOG, value);
  }

  /** So many unsent bytes stop reading. */
  public String getHighWaterMark() {
    return values.get(Property.HIGH_WATER_MARK);
  }

  public void setHighWaterMark(String value) {
    values.put(Property.HIGH_WATER_MARK, value);
  }

  /** How many event loops of its own. */
  public String getEventLoops() {
    return values.get(Property.EVENT_LOOPS);
  }

  public void setEventLoops(String value) {
    values.put(Property.EVENT_LOOPS, value);
  }

  /** How many worker threads at most. */
  public String getWorkers() {
    return values.get(Property.WORKERS);
  }

  public void setWorkers(String value) {
    values.put(Property.WORKERS, value);
  }

  /** How many message endpoints at most with {@code thread}. */
  public String getEndpoints() {
    return values.get(Property.ENDPOINTS);
  }

  public void setEndpoints(String value) {
    values.put(Property.ENDPOINTS, value);
  }

  /** Whether connections begin with a PROXY header. */
  public String getProxyProtocol() {
    return values.get(Property.PROXY_PROTOCOL);
  }

  public void setProxyProtocol(String value) {
    values.put(Property.PROXY_PROTOCOL, value);
  }

  /** {@code off}, {@code pem} or {@code pkcs12}. */
  public String getTls() {
    return values.get(Property.TLS);
  }

  public void setTls(String value) {
    values.put(Property.TLS, value);
  }

  /** The certificate chain. */
  public String getTlsCertificate() {
    return values.get(Property.TLS_CERTIFICATE);
  }

  public void setTlsCertificate(String value) {
    values.put(Property.TLS_CERTIFICATE, value);
  }

  /** The private key. */
  public String getTlsKey() {
    return values.get(Property.TLS_KEY);
  }

  public void setTlsKey(String value) {
    values.put(Property.TLS_KEY, value);
  }

  /** The key store. */
  public String getTlsKeyStore() {
    return values.get(Property.TLS_KEY_STORE);
  }

  public void setTlsKeyStore(String value) {
    values.put(Property.TLS_KEY_STORE, value);
  }

  /** Its password. */
  public String getTlsKeyStorePassword() {
    return values.get(Property.TLS_KEY_STORE_PASSWORD);
  }

  public void setTlsKeyStorePassword(String value) {
    values.put(Property.TLS_KEY_STORE_PASSWORD, value);
  }

  /** {@code none}, {@code optional} or {@code required}. */
  public String getTlsClientCertificates() {
    return values.get(Property.TLS_CLIENT_CERTIFICATES);
  }

  public void setTlsClientCertificates(String value) {
    values.put(Property.TLS_CLIENT_CERTIFICATES, value);
  }

  /** Authorities of clients' certificates. */
  public String getTlsTrust() {
    return values.get(Property.TLS_TRUST);
  }

  public void setTlsTrust(String value) {
    values.put(Property.TLS_TRUST, value);
  }

  /** {@code TLSv1.3}, {@code TLSv1.2} or both. */
  public String getTlsProtocols() {
    return values.get(Property.TLS_PROTOCOLS);
  }

  public void setTlsProtocols(String value) {
    values.put(Property.TLS_PROTOCOLS, value);
  }

  /** {@code none} or {@code loopback}. */
  public String getTlsExempt() {
    return values.get(Property.TLS_EXEMPT);
  }

  public void setTlsExempt(String value) {
    values.put(Property.TLS_EXEMPT, value);
  }

  /** {@code activation} or {@code first-bean}. */
  public String getTlsRead() {
    return values.get(Property.TLS_READ);
  }

  public void setTlsRead(String value) {
    values.put(Property.TLS_READ, value);
  }
}
