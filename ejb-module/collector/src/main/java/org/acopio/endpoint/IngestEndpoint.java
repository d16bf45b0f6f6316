package org.acopio.endpoint;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import org.acopio.server.Acopio;
import org.acopio.session.SessionKind;
import org.acopio.socket.TcpListener;

/**
 * The ingest port. Sockets are non-blocking; requests reach disk and catalog, so they run on worker
 * threads, those of one connection in order. Bytes come raw: the protocol itself finds the frames,
 * so that whoever sends something else is told what is wrong before the connection ends. From
 * elsewhere than this machine it takes TLS with the certificate of an enrolled PC; the files are
 * those that the server makes at its first start.
 */
@MessageDriven(
    messageListenerInterface = TcpListener.class,
    activationConfig = {
      @ActivationConfigProperty(propertyName = "name", propertyValue = "ingest"),
      @ActivationConfigProperty(
          propertyName = "ports",
          propertyValue = "${acopio.ingest.ports:1100}"),
      @ActivationConfigProperty(propertyName = "bindAddress", propertyValue = Activation.BIND),
      @ActivationConfigProperty(propertyName = "concurrency", propertyValue = "selector"),
      @ActivationConfigProperty(propertyName = "execution", propertyValue = "worker"),
      @ActivationConfigProperty(propertyName = "workers", propertyValue = IngestEndpoint.WORKERS),
      @ActivationConfigProperty(propertyName = "framing", propertyValue = "raw"),
      @ActivationConfigProperty(
          propertyName = "firstByteTimeout",
          propertyValue = "${acopio.ingest.first-byte:PT30S}"),
      @ActivationConfigProperty(
          propertyName = "handshakeTimeout",
          propertyValue = "${acopio.ingest.first-byte:PT30S}"),
      @ActivationConfigProperty(
          propertyName = "idleTimeout",
          propertyValue = "${acopio.ingest.idle:PT5M}"),
      @ActivationConfigProperty(
          propertyName = "maxConnections",
          propertyValue = "${acopio.ingest.max-connections:4000}"),
      @ActivationConfigProperty(
          propertyName = "maxConnectionsPerAddress",
          propertyValue = "${acopio.ingest.max-connections-per-address:1000}"),
      @ActivationConfigProperty(propertyName = "drainTimeout", propertyValue = Activation.DRAIN),
      @ActivationConfigProperty(
          propertyName = "proxyProtocol",
          propertyValue = Activation.PROXY_PROTOCOL),
      @ActivationConfigProperty(propertyName = "tls", propertyValue = "pem"),
      @ActivationConfigProperty(
          propertyName = "tlsCertificate",
          propertyValue = Activation.IDENTITY + "server.pem"),
      @ActivationConfigProperty(
          propertyName = "tlsKey",
          propertyValue = Activation.IDENTITY + "server.key"),
      @ActivationConfigProperty(
          propertyName = "tlsTrust",
          propertyValue = Activation.IDENTITY + "authority.pem"),
      @ActivationConfigProperty(propertyName = "tlsClientCertificates", propertyValue = "required"),
      @ActivationConfigProperty(propertyName = "tlsProtocols", propertyValue = "TLSv1.3"),
      @ActivationConfigProperty(propertyName = "tlsExempt", propertyValue = "loopback"),
      @ActivationConfigProperty(propertyName = "tlsRead", propertyValue = "first-bean")
    })
public class IngestEndpoint extends ServedEndpoint {
  /** Requests served at once, each with a bean; WEB-INF/glassfish-ejb-jar.xml allows as many. */
  static final String WORKERS = "48";

  private static final System.Logger LOG = System.getLogger(IngestEndpoint.class.getName());

  @Override
  TcpListener service(Acopio server) {
    return new IngestService(
        server.ingest(),
        new Reception(SessionKind.INGEST, server.sessions(), LOG),
        server::identities);
  }
}
