package org.acopio.client.send;

import java.io.IOException;
import java.security.KeyPair;
import java.util.Optional;
import org.acopio.remote.FileCollector;
import org.acopio.remote.Hello;
import org.acopio.remote.IdentityMessage;
import org.acopio.remote.IdentityMessage.CheckIn;
import org.acopio.remote.IdentityMessage.Confirm;
import org.acopio.remote.IdentityMessage.Done;
import org.acopio.remote.IdentityMessage.Issued;
import org.acopio.remote.IdentityMessage.Next;
import org.acopio.remote.IdentityMessage.Reason;
import org.acopio.remote.IdentityMessage.Renew;
import org.acopio.remote.IdentityMessage.RenewalWanted;
import org.acopio.remote.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * How this PC shows a server who it is: with a certificate where it was enrolled, else only on its
 * own machine, where nothing is asked. Safe for use by several threads.
 */
final class Access {
  /** A server that wants one key after the other does not know what it wants. */
  private static final int MOST_RENEWALS = 3;

  private final ServerAddress server;
  private final Line line;
  private final Identities identities;
  private final SendListener listener;

  private @Nullable IdentityFolder folder;
  private @Nullable Identity identity;

  /** One for conversations and calls, so that these go on with what those agreed on. */
  private @Nullable Tls tls;

  private boolean looked;
  private volatile boolean checkedIn;

  Access(ServerAddress server, Line line, Identities identities, SendListener listener) {
    this.server = server;
    this.line = line;
    this.identities = identities;
    this.listener = listener;
  }

  /**
   * Finds what this PC has for the server; sends nothing.
   *
   * @throws AccessException {@code NOT_ENROLLED} when it has nothing and the server is elsewhere
   */
  synchronized Optional<IdentityFolder> prepare() throws AccessException {
    if (!looked) {
      folder = identities.required(server).orElse(null);
      looked = true;
    }
    return Optional.ofNullable(folder);
  }

  /** From now on connections to the server show who this PC is, where that is wanted. */
  synchronized void show() throws AccessException {
    if (prepare().isPresent() && identity == null) {
      use(prepare().get().read());
    }
  }

  private void use(Identity shown) {
    identity = shown;
    tls = Tls.of(shown);
    line.secure(tls);
  }

  /** Who opens a collection. */
  synchronized Hello hello(Hello otherwise) {
    return identity == null
        ? otherwise
        : new Hello(
            FileCollector.PROTOCOL,
            identity.agentKey(),
            otherwise.agentVersion(),
            otherwise.hostName());
  }

  /** Something was wrong with a connection: the next one begins with a check-in again. */
  void doubt() {
    checkedIn = false;
  }

  /**
   * Tells the server, once, which word it gave last, and takes the next one; does what it wants for
   * that. Needs the journal.
   *
   * @param me what the PC says of itself
   */
  synchronized void checkIn(Hello me) throws IOException {
    show();
    if (identity == null || checkedIn) {
      return;
    }
    try (IdentityTalk talk = IdentityTalk.begin(line, tls)) {
      IdentityMessage answer = talk.ask(new CheckIn(identity.lineage()));
      if (answer instanceof Next next) {
        answer = keep(talk, next);
      }
      for (int i = 0; answer instanceof RenewalWanted wanted && i < MOST_RENEWALS; i++) {
        answer = renew(talk, wanted.reason(), me);
      }
      if (!(answer instanceof Done)) {
        throw IdentityTalk.unexpected(answer);
      }
    }
    checkedIn = true;
  }

  private IdentityMessage keep(IdentityTalk talk, Next next) throws IOException {
    try {
      prepare().orElseThrow().lineage(next.lineage());
    } catch (IOException e) {
      // Not confirmed: the server goes on to take the word before.
      listener.identityNotWritten(prepare().orElseThrow().path(), Troubles.text(e));
      return new Done();
    }
    identity = identity.next(next.lineage());
    return talk.ask(new Confirm());
  }

  private IdentityMessage renew(IdentityTalk talk, Reason reason, Hello me) throws IOException {
    KeyPair pair = AgentKeys.pair();
    byte[] agentKey = reason == Reason.CLONE ? AgentKeys.secret() : identity.agentKey();
    Sha256 agent = AgentKeys.id(agentKey);
    IdentityMessage answer =
        talk.ask(
            new Renew(
                agent,
                pair.getPublic().getEncoded(),
                talk.proof(pair, agent),
                me.hostName(),
                me.agentVersion()));
    if (!(answer instanceof Issued issued)) {
      throw IdentityTalk.unexpected(answer);
    }
    Identity renewed = talk.accept(issued, pair, agentKey);
    if (!renewed.authority().equals(identity.authority())) {
      throw new IOException("the server gave a certificate of another authority");
    }
    IdentityFolder kept = prepare().orElseThrow();
    try {
      kept.put(renewed, kept.servers());
    } catch (AccessException e) {
      throw e;
    } catch (IOException e) {
      throw new AccessException(
          ServerTrouble.Code.IDENTITY_NOT_WRITTEN, kept.path() + ": " + Troubles.text(e), false, e);
    }
    use(renewed);
    if (reason == Reason.CLONE) {
      listener.toldApart(agentKey);
    } else {
      listener.rekeyed();
    }
    return talk.ask(new Confirm());
  }

  /**
   * Asks the server whether it knows this PC, and changes nothing: what it answers with is not
   * confirmed. For who does not have the journal.
   *
   * @throws AccessException when the server refuses this PC
   */
  synchronized void question() throws IOException {
    show();
    if (identity != null) {
      try (IdentityTalk talk = IdentityTalk.begin(line, tls)) {
        talk.ask(new CheckIn(identity.lineage()));
      }
    }
  }
}
