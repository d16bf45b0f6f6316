package org.acopio.client.send;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import org.acopio.remote.IdentityMessage;
import org.acopio.remote.IdentityMessage.IdentityRefused;
import org.acopio.remote.IdentityMessage.Issued;
import org.acopio.remote.Sha256;

/** One conversation about who this PC is, in a secure connection of its own. For one thread. */
final class IdentityTalk implements AutoCloseable {
  /** How long an answer is waited for: a server only signs, and writes to its catalog. */
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final DialedSocket socket;
  private final Tls.Layer layer;

  private IdentityTalk(DialedSocket socket, Tls.Layer layer) {
    this.socket = socket;
    this.layer = layer;
  }

  static IdentityTalk begin(Line line, Tls tls) throws IOException {
    DialedSocket socket = Dialer.dial(line);
    try {
      Tls.Layer layer = socket.secure(tls, IdentityMessage.ALPN);
      socket.setSoTimeout((int) ANSWER.toMillis());
      return new IdentityTalk(socket, layer);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Says something and returns the answer.
   *
   * @throws AccessException when the server refuses
   */
  IdentityMessage ask(IdentityMessage message) throws IOException {
    message.write(socket.getOutputStream());
    IdentityMessage answer = IdentityMessage.read(socket.getInputStream());
    if (answer instanceof IdentityRefused refused) {
      throw new AccessException(
          code(refused.why()),
          refused.message(),
          refused.why() == IdentityMessage.Why.UNAVAILABLE,
          null);
    }
    return answer;
  }

  private static ServerTrouble.Code code(IdentityMessage.Why why) {
    return switch (why) {
      case CODE_UNKNOWN -> ServerTrouble.Code.CODE_UNKNOWN;
      case TOO_MANY_ATTEMPTS -> ServerTrouble.Code.TOO_MANY_ATTEMPTS;
      case KEY_UNKNOWN -> ServerTrouble.Code.KEY_UNKNOWN;
      case KEY_REVOKED -> ServerTrouble.Code.KEY_REVOKED;
      case AGENT_BLOCKED -> ServerTrouble.Code.AGENT_BLOCKED;
      case BAD_REQUEST -> ServerTrouble.Code.BAD_REQUEST;
      case UNAVAILABLE -> ServerTrouble.Code.UNAVAILABLE;
    };
  }

  byte[] proof(KeyPair pair, Sha256 agent) {
    return AgentKeys.proof(pair, layer.serverCertificate(), agent);
  }

  /**
   * The identity that a server gave.
   *
   * @throws IOException when it is not for this key, or of another authority than the server's
   */
  Identity accept(Issued issued, KeyPair pair, byte[] agentKey) throws IOException {
    try {
      X509Certificate authority = AgentKeys.certificate(issued.authority());
      X509Certificate certificate = AgentKeys.certificate(issued.certificate());
      layer.server().get(0).verify(authority.getPublicKey());
      certificate.verify(authority.getPublicKey());
      boolean ours =
          Arrays.equals(certificate.getPublicKey().getEncoded(), pair.getPublic().getEncoded());
      if (!ours) {
        throw new IOException("the server certified another key than this agent's");
      }
      return new Identity(authority, certificate, pair.getPrivate(), agentKey, issued.lineage());
    } catch (GeneralSecurityException e) {
      throw new IOException("the server gave a certificate that is not its authority's", e);
    }
  }

  static IOException unexpected(IdentityMessage answer) {
    return new IOException(
        "the server answered with " + answer.getClass().getSimpleName() + ", out of turn");
  }

  @Override
  public void close() {
    socket.close();
  }
}
