package org.acopio.identity;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import javax.net.ssl.SSLException;
import org.acopio.account.Backoff;
import org.acopio.account.Deed;
import org.acopio.catalog.CatalogException;
import org.acopio.catalog.IdentityEntry;
import org.acopio.remote.IdentityMessage;
import org.acopio.remote.IdentityMessage.CheckIn;
import org.acopio.remote.IdentityMessage.Confirm;
import org.acopio.remote.IdentityMessage.Done;
import org.acopio.remote.IdentityMessage.Enrol;
import org.acopio.remote.IdentityMessage.IdentityRefused;
import org.acopio.remote.IdentityMessage.Issued;
import org.acopio.remote.IdentityMessage.Next;
import org.acopio.remote.IdentityMessage.Reason;
import org.acopio.remote.IdentityMessage.Renew;
import org.acopio.remote.IdentityMessage.RenewalWanted;
import org.acopio.remote.IdentityMessage.Why;
import org.acopio.remote.Sha256;

/**
 * One conversation of {@link IdentityMessage}, at the server's end, over any streams. For one
 * thread.
 */
public final class IdentityConversation {
  private static final Logger LOG = System.getLogger(IdentityConversation.class.getName());

  private final Identities identities;
  private final String address;
  private final Optional<PublicKey> shown;

  IdentityConversation(Identities identities, String address, Optional<PublicKey> shown) {
    this.identities = identities;
    this.address = address;
    this.shown = shown;
  }

  /** The server does not go on; what it answers. */
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Why why;

    RefusedException(Why why, String message) {
      super(message);
      this.why = why;
    }
  }

  /**
   * Speaks until there is no more to say. The caller closes.
   *
   * @param in inside TLS, with a deadline for reads
   * @throws IOException when the connection breaks
   */
  public void serve(InputStream in, OutputStream out) throws IOException {
    try {
      converse(in, out);
    } catch (RefusedException e) {
      LOG.log(Level.DEBUG, "{0} is refused: {1}", address, e.getMessage());
      new IdentityRefused(e.why, String.valueOf(e.getMessage())).write(out);
    } catch (CatalogException e) {
      LOG.log(Level.WARNING, "no identity for {0} now: {1}", address, e.getMessage());
      new IdentityRefused(
              Why.UNAVAILABLE, "the server's catalog does not answer now; try again later")
          .write(out);
    }
  }

  private void converse(InputStream in, OutputStream out) throws IOException, RefusedException {
    IdentityMessage first = read(in);
    if (first instanceof Enrol enrol) {
      enrol(enrol, in, out);
    } else if (first instanceof CheckIn checkIn) {
      checkIn(checkIn, in, out);
    } else {
      throw unexpected(first, "Enrol or CheckIn");
    }
  }

  private void enrol(Enrol enrol, InputStream in, OutputStream out)
      throws IOException, RefusedException {
    String network = Backoff.network(address);
    Duration left = identities.attempts().left(network);
    if (!left.isZero()) {
      throw new RefusedException(
          Why.TOO_MANY_ATTEMPTS,
          "too many wrong codes came from "
              + address
              + "; try again in "
              + left.toSeconds()
              + " s");
    }
    AgentKey key = key(enrol.agent(), enrol.publicKey(), enrol.proof());
    refuseBlocked(enrol.agent());
    IdentityEntry wanted =
        fresh(
            enrol.agent(),
            key,
            enrol.hostName(),
            enrol.agentVersion(),
            OptionalLong.empty(),
            OptionalLong.empty());
    byte[] word = identities.word();
    identities.attempts().count(network);
    Optional<IdentityEntry> entry =
        identities.table().enrol(EnrolmentCodes.digest(enrol.secret()), wanted, word);
    if (entry.isEmpty()) {
      identities.note(address, Deed.of("identity.enrol.failed", target(wanted), "unknown"));
      throw new RefusedException(
          Why.CODE_UNKNOWN,
          "the server has no such code that still invites: it is another server's, was taken back,"
              + " expired or is used up; 'acopio-server admin enrol-code' makes another");
    }
    identities.attempts().undo(network);
    give(entry.get(), key, word, out);
    identities.note(address, Deed.done("identity.enrol", target(entry.get())));
    expectConfirm(in);
    if (!identities.table().confirm(entry.get().number(), word, identities.clock().instant())) {
      throw gone();
    }
    new Done().write(out);
  }

  private void checkIn(CheckIn checkIn, InputStream in, OutputStream out)
      throws IOException, RefusedException {
    IdentityEntry entry = known();
    byte[] said = checkIn.lineage();
    if (entry.rekeyWanted() && identities.table().hasWord(entry.number(), said)) {
      renew(entry, Reason.REKEY, in, out);
      return;
    }
    byte[] next = identities.word();
    Instant now = identities.clock().instant();
    if (!identities.table().step(entry.number(), said, next, now, address)) {
      renew(entry, Reason.CLONE, in, out);
      return;
    }
    new Next(next).write(out);
    expectConfirm(in);
    if (!identities.table().confirm(entry.number(), next, identities.clock().instant())) {
      renew(entry, Reason.CLONE, in, out);
      return;
    }
    identities.confirmed(entry);
    new Done().write(out);
  }

  private IdentityEntry known() throws RefusedException {
    PublicKey key =
        shown.orElseThrow(
            () ->
                new RefusedException(
                    Why.KEY_UNKNOWN,
                    "this PC showed no certificate; enrol it with 'acopio enrol CODE'"));
    IdentityEntry entry =
        identities
            .entry(key)
            .orElseThrow(
                () ->
                    new RefusedException(
                        Why.KEY_UNKNOWN,
                        "the server does not know this PC's certificate (its catalog may be from"
                            + " an older backup); enrol it again with 'acopio enrol CODE'"));
    if (!entry.valid()) {
      throw gone();
    }
    refuseBlocked(entry.agent());
    return entry;
  }

  private void renew(IdentityEntry old, Reason reason, InputStream in, OutputStream out)
      throws IOException, RefusedException {
    if (!identities.find(old.number()).map(IdentityEntry::valid).orElse(false)) {
      throw gone();
    }
    if (reason == Reason.CLONE) {
      identities.note(address, Deed.of("identity.clone", target(old), "noticed"));
    }
    new RenewalWanted(reason).write(out);
    IdentityMessage answer = read(in);
    if (!(answer instanceof Renew renew)) {
      throw unexpected(answer, "Renew");
    }
    boolean same = renew.agent().equals(old.agent());
    if (same != (reason == Reason.REKEY)) {
      throw new RefusedException(
          Why.BAD_REQUEST,
          same
              ? "another PC goes on with this agent's key; this one has to make a new one"
              : "a renewal is for the same agent; it keeps its own key");
    }
    AgentKey key = key(renew.agent(), renew.publicKey(), renew.proof());
    refuseBlocked(renew.agent());
    IdentityEntry wanted =
        fresh(
            renew.agent(),
            key,
            renew.hostName(),
            renew.agentVersion(),
            old.code(),
            OptionalLong.of(old.number()));
    byte[] word = identities.word();
    IdentityEntry entry =
        identities
            .table()
            .renew(wanted, word)
            .orElseThrow(
                () ->
                    new RefusedException(
                        Why.BAD_REQUEST,
                        "the new key is no new one, or the old one was revoked just now; try"
                            + " again"));
    give(entry, key, word, out);
    String code = reason == Reason.CLONE ? "identity.clone" : "identity.renew";
    identities.note(
        address, Deed.of(code, "%s from %d".formatted(target(entry), old.number()), "done"));
    expectConfirm(in);
    if (!identities.table().confirm(entry.number(), word, identities.clock().instant())) {
      throw gone();
    }
    identities.confirmed(entry);
    new Done().write(out);
  }

  private void give(IdentityEntry entry, AgentKey key, byte[] word, OutputStream out)
      throws IOException {
    byte[] certificate = identities.server().issue(entry.agent(), key);
    new Issued(certificate, identities.server().authority(), word).write(out);
  }

  private AgentKey key(Sha256 agent, byte[] publicKey, byte[] proof) throws RefusedException {
    try {
      return AgentKey.proven(identities.server().certificate(), agent, publicKey, proof);
    } catch (AgentKey.Unproven e) {
      throw new RefusedException(Why.BAD_REQUEST, String.valueOf(e.getMessage()));
    }
  }

  private void refuseBlocked(Sha256 agent) throws RefusedException {
    if (identities.isBlocked(agent)) {
      throw new RefusedException(
          Why.AGENT_BLOCKED,
          "an administrator of this server has blocked the agent "
              + Identities.shown(agent)
              + "; only an administrator can let it in again");
    }
  }

  private IdentityEntry fresh(
      Sha256 agent,
      AgentKey key,
      String hostName,
      String version,
      OptionalLong code,
      OptionalLong parent) {
    Instant now = identities.clock().instant();
    return new IdentityEntry(
        0,
        agent,
        key.digest(),
        hostName,
        version,
        now,
        code,
        parent,
        now,
        address,
        false,
        Optional.empty());
  }

  /** For the audit log: who it is, and which of the list. */
  private static String target(IdentityEntry entry) {
    String agent = Identities.shown(entry.agent());
    String host = entry.hostName();
    return entry.number() == 0
        ? "%s (%s)".formatted(host, agent)
        : "%d %s (%s)".formatted(entry.number(), host, agent);
  }

  private void expectConfirm(InputStream in) throws IOException, RefusedException {
    IdentityMessage answer = read(in);
    if (!(answer instanceof Confirm)) {
      throw unexpected(answer, "Confirm");
    }
  }

  /** A message; whoever sends something else is told what is wrong with it. */
  private static IdentityMessage read(InputStream in) throws IOException, RefusedException {
    try {
      return IdentityMessage.read(in);
    } catch (EOFException | SocketException | SSLException | InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw new RefusedException(Why.BAD_REQUEST, String.valueOf(e.getMessage()));
    }
  }

  private static RefusedException unexpected(IdentityMessage message, String expected) {
    return new RefusedException(
        Why.BAD_REQUEST,
        message.getClass().getSimpleName() + " came where " + expected + " is expected");
  }

  private static RefusedException gone() {
    return new RefusedException(
        Why.KEY_REVOKED,
        "the certificate of this PC was taken back or replaced; enrol it again with 'acopio enrol"
            + " CODE'");
  }
}
