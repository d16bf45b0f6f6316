package org.acopio.client.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.acopio.client.send.PinnedTrust.Stranger;
import org.junit.jupiter.api.Test;

/** Which servers an agent talks to. */
class PinnedTrustTest {
  private final TestAuthority authority = new TestAuthority("one");
  private final TestAuthority other = new TestAuthority("two");
  private final X509Certificate server = authority.server(AgentKeys.pair().getPublic());
  private final PinnedTrust trust = PinnedTrust.in(authority.certificate);

  /** In each of the ways that TLS asks. */
  private static void assertTrusted(PinnedTrust trust, X509Certificate... chain)
      throws CertificateException {
    trust.checkServerTrusted(chain, "ECDSA");
    trust.checkServerTrusted(chain, "ECDSA", (Socket) null);
    trust.checkServerTrusted(chain, "ECDSA", (javax.net.ssl.SSLEngine) null);
  }

  private static void assertStranger(String why, PinnedTrust trust, X509Certificate... chain) {
    for (Stranger stranger :
        List.of(
            assertThrows(Stranger.class, () -> trust.checkServerTrusted(chain, "ECDSA")),
            assertThrows(
                Stranger.class, () -> trust.checkServerTrusted(chain, "ECDSA", (Socket) null)),
            assertThrows(
                Stranger.class,
                () -> trust.checkServerTrusted(chain, "ECDSA", (javax.net.ssl.SSLEngine) null)))) {
      assertTrue(String.valueOf(stranger.getMessage()).contains(why), stranger::toString);
    }
  }

  @Test
  void serverOfTheAuthorityIsTrustedAloneAndWithItsChain() throws CertificateException {
    assertTrusted(trust, server);
    assertTrusted(trust, server, authority.certificate);
  }

  /** A PC whose clock is years off finds its server too. */
  @Test
  void noDateCounts() throws CertificateException {
    assertTrusted(
        trust,
        authority.server(AgentKeys.pair().getPublic(), Instant.parse("2001-01-01T00:00:00Z")));
  }

  @Test
  void serverOfAnotherAuthorityIsAStranger() {
    X509Certificate foreign = other.server(AgentKeys.pair().getPublic());
    assertStranger("not of the authority", trust, foreign);
    assertStranger("not of the authority", trust, foreign, other.certificate);
    assertStranger("not of the authority", trust, foreign, authority.certificate);
  }

  @Test
  void nameOfTheAuthorityIsNotItsSignature() {
    TestAuthority impostor = new TestAuthority("one");
    X509Certificate forged = impostor.server(AgentKeys.pair().getPublic());
    assertStranger("not of the authority", trust, forged);
    assertStranger("not of the authority", trust, forged, authority.certificate);
    assertStranger("not of the authority", trust, forged, impostor.certificate);
  }

  /** Else every PC that is enrolled could pretend to be the server. */
  @Test
  void certificateOfAnAgentIsNoServers() {
    X509Certificate agent = authority.agent("pc", AgentKeys.pair().getPublic());
    assertStranger("no server's", trust, agent);
    assertStranger("no server's", trust, agent, authority.certificate);
    assertStranger("no server's", trust, authority.certificate);
  }

  @Test
  void invitedAgentTrustsTheAuthorityThatItsCodeNames() throws CertificateException {
    PinnedTrust invited = PinnedTrust.when(authority.certificate::equals);
    assertTrusted(invited, server, authority.certificate);
    assertStranger(
        "CN=two", invited, other.server(AgentKeys.pair().getPublic()), other.certificate);
    // The authority that the code names, behind a server that it never certified.
    assertStranger(
        "not of the authority",
        invited,
        other.server(AgentKeys.pair().getPublic()),
        authority.certificate);
    assertStranger("acopio-server", invited, server);
  }

  @Test
  void agentHasNoClients() {
    X509Certificate[] chain = {server, authority.certificate};
    assertThrows(CertificateException.class, () -> trust.checkClientTrusted(chain, "ECDSA"));
    assertThrows(
        CertificateException.class, () -> trust.checkClientTrusted(chain, "ECDSA", (Socket) null));
    assertThrows(
        CertificateException.class,
        () -> trust.checkClientTrusted(chain, "ECDSA", (javax.net.ssl.SSLEngine) null));
    assertEquals(0, trust.getAcceptedIssuers().length);
  }
}
