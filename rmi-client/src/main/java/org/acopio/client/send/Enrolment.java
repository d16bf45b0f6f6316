package org.acopio.client.send;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Objects;
import org.acopio.remote.IdentityMessage;
import org.acopio.remote.IdentityMessage.Confirm;
import org.acopio.remote.IdentityMessage.Done;
import org.acopio.remote.IdentityMessage.Enrol;
import org.acopio.remote.IdentityMessage.Issued;
import org.acopio.remote.Sha256;

/** Makes a PC and a server known to each other, by a code that a person carries between them. */
public final class Enrolment {
  private final ServerAddress server;
  private final Request request;
  private final KeyPair pair = AgentKeys.pair();

  private Enrolment(ServerAddress server, Request request) {
    this.server = server;
    this.request = request;
  }

  /**
   * Enrols this PC, and keeps its identity. Needs the journal, so that nobody else does the same.
   *
   * @param listener hears of the waiting for a server that does not answer
   * @throws SendException {@code REFUSED} when the server is not the one that the code names, or
   *     does not take the code
   */
  public static Enrolled at(ServerAddress server, Request request, SendListener listener)
      throws SendException {
    Enrolment enrolment = new Enrolment(server, request);
    Patience patience = new Patience(request.patience(), listener);
    try (Line line = Dialer.install().hold(server)) {
      while (true) {
        try {
          return enrolment.attempt(line);
        } catch (IOException | RuntimeException e) {
          if (Troubles.last(e)) {
            throw Troubles.end(server, e);
          }
          patience.failed(Troubles.ofServer(server, e), e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SendException(SendException.Kind.INTERRUPTED, Troubles.interrupted(server), e);
    }
  }

  private Enrolled attempt(Line line) throws IOException {
    Sha256 agent = AgentKeys.id(request.agentKey());
    try (IdentityTalk talk = IdentityTalk.begin(line, Tls.invited(request.invitation().code()))) {
      IdentityMessage answer =
          talk.ask(
              new Enrol(
                  request.invitation().code().secret(),
                  agent,
                  pair.getPublic().getEncoded(),
                  talk.proof(pair, agent),
                  request.hostName(),
                  request.agentVersion()));
      if (!(answer instanceof Issued issued)) {
        throw IdentityTalk.unexpected(answer);
      }
      Identity identity = talk.accept(issued, pair, request.agentKey());
      if (!request.invitation().code().names(issued.authority())) {
        throw new AccessException(ServerTrouble.Code.OTHER_SERVER_THAN_CODE, "");
      }
      IdentityFolder folder = keep(identity);
      confirm(talk);
      return new Enrolled(
          agent.toString(), Identities.digest(identity.authority()).toString(), folder.path());
    }
  }

  private IdentityFolder keep(Identity identity) throws AccessException {
    try {
      return request.identities().install(identity, server);
    } catch (AccessException e) {
      throw e;
    } catch (IOException e) {
      throw new AccessException(
          ServerTrouble.Code.IDENTITY_NOT_WRITTEN, Troubles.text(e), false, e);
    }
  }

  private static void confirm(IdentityTalk talk) throws AccessException {
    try {
      IdentityMessage answer = talk.ask(new Confirm());
      if (!(answer instanceof Done)) {
        throw IdentityTalk.unexpected(answer);
      }
    } catch (AccessException e) {
      throw e;
    } catch (IOException e) {
      // The identity is kept; the first check-in says the same.
      return;
    }
  }

  /**
   * Who asks, and with which code.
   *
   * @param agentKey the agent's own secret, 32 bytes; copied
   * @param agentVersion this agent's version, for people
   * @param hostName what this PC calls itself, for people
   * @param identities where the identity is kept
   * @param patience how long a server that does not answer is waited for
   */
  public record Request(
      Invitation invitation,
      byte[] agentKey,
      String agentVersion,
      String hostName,
      Identities identities,
      Duration patience) {
    public Request {
      Objects.requireNonNull(invitation, "invitation");
      agentKey = agentKey.clone();
      Objects.requireNonNull(agentVersion, "agentVersion");
      Objects.requireNonNull(hostName, "hostName");
      Objects.requireNonNull(identities, "identities");
      Objects.requireNonNull(patience, "patience");
    }

    @Override
    public byte[] agentKey() {
      return agentKey.clone();
    }

    /** Leaves the secrets out. */
    @Override
    public String toString() {
      return "Request[" + invitation + "]";
    }
  }

  /**
   * What came of it.
   *
   * @param agent what the server calls this agent, 64 hexadecimal digits
   * @param authority SHA-256 of the authority whose servers this PC trusts, as digits
   * @param directory where the identity is kept
   */
  public record Enrolled(String agent, String authority, Path directory) {
    public Enrolled {
      Objects.requireNonNull(agent, "agent");
      Objects.requireNonNull(authority, "authority");
      Objects.requireNonNull(directory, "directory");
    }
  }
}
