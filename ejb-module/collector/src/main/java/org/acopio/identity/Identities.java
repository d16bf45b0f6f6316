package org.acopio.identity;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.acopio.account.Backoff;
import org.acopio.account.Deed;
import org.acopio.account.SteadyClock;
import org.acopio.catalog.AgentTable;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.IdentityEntry;
import org.acopio.catalog.IdentityTable;
import org.acopio.remote.IdentityMessage;
import org.acopio.remote.Sha256;

/**
 * Which PCs the server knows, and how they become known. Thread-safe; what it says rests on the
 * catalog, so that several nodes say the same. Every method may throw {@link
 * org.acopio.catalog.CatalogException}.
 */
public final class Identities {
  /** A whole office that types may be behind one address. */
  static final int FREE_TRIES = 20;

  private static final Logger LOG = System.getLogger(Identities.class.getName());
  private static final int SHORT_ID = 12;

  private final ServerIdentity server;
  private final IdentityTable table;
  private final AgentTable agents;
  private final EnrolmentCodes codes;
  private final Clock clock;
  private final Journal journal;
  private final Backoff attempts;
  private final Connections connections = new Connections();
  private final SecureRandom random = new SecureRandom();
  private volatile Consumer<Sha256> whenRevoked = agent -> {};

  /** Where it is kept what agents did here. */
  public interface Journal {
    /**
     * Keeps one line; never fails.
     *
     * @param address from where
     */
    void add(String address, Deed deed);
  }

  public Identities(ServerIdentity server, Catalog catalog, Clock clock, Journal journal) {
    this(server, catalog, clock, SteadyClock.from(clock), journal);
  }

  /**
   * @param steady by which who guesses has to wait
   */
  Identities(ServerIdentity server, Catalog catalog, Clock clock, Clock steady, Journal journal) {
    this.server = server;
    this.table = catalog.identities();
    this.agents = catalog.agents();
    this.clock = clock;
    this.journal = journal;
    codes = new EnrolmentCodes(catalog.enrolmentCodes(), server, clock);
    attempts = new Backoff(steady, FREE_TRIES);
  }

  /** A PC that showed a certificate which holds now. */
  public record Certified(long number, Sha256 agent) {}

  /** Says what is to end when an identity of this agent is revoked, beside its connections. */
  public void whenRevoked(Consumer<Sha256> action) {
    whenRevoked = action;
  }

  /** The codes that invite. */
  public EnrolmentCodes codes() {
    return codes;
  }

  /**
   * Whose key this is; nothing when the authority never certified it, or it was revoked. Whoever
   * asks has made sure of the certificate's signature, as TLS does.
   */
  public Optional<Certified> certified(PublicKey key) {
    return entry(key)
        .filter(IdentityEntry::valid)
        .map(entry -> new Certified(entry.number(), entry.agent()));
  }

  /**
   * The same for a connection, which is closed at once when the identity is revoked.
   *
   * @param close called once or more, from any thread; must not block
   */
  public Optional<Certified> admit(PublicKey key, Runnable close) {
    Optional<Certified> certified = certified(key);
    if (certified.isPresent()) {
      connections.enter(certified.get().number(), close);
      // It may have been revoked before it was entered.
      if (certified(key).isEmpty()) {
        left(certified.get(), close);
        return Optional.empty();
      }
    }
    return certified;
  }

  /** A connection that was admitted is over. */
  public void left(Certified certified, Runnable close) {
    connections.leave(certified.number(), close);
  }

  /** A page of the identities, newest first; see {@link IdentityTable#page}. */
  public List<IdentityEntry> page(int first, int limit) {
    return table.page(first, limit);
  }

  public long count() {
    return table.count();
  }

  public Optional<IdentityEntry> find(long number) {
    return table.find(number);
  }

  /**
   * Makes an identity worthless from now on: its connections end, and so do its agent's open
   * collections. False when there is none of this number, or it was so before.
   */
  public boolean revoke(long number) {
    boolean revoked = table.revoke(number, clock.instant());
    // Also when it was revoked before: on another node, or while the catalog did not answer.
    table.find(number).filter(entry -> !entry.valid()).ifPresent(this::end);
    return revoked;
  }

  /** Wants a new key at the agent's next run; false when there is no such valid identity. */
  public boolean rekey(long number) {
    return table.wantRekey(number);
  }

  /** What is said with one PC about who it is. */
  public IdentityConversation conversation(String address, Optional<PublicKey> shown) {
    return new IdentityConversation(this, address, shown);
  }

  private void end(IdentityEntry entry) {
    connections.close(entry.number());
    whenRevoked.accept(entry.agent());
  }

  Optional<IdentityEntry> entry(PublicKey key) {
    return table.find(AgentKey.digest(key));
  }

  IdentityTable table() {
    return table;
  }

  ServerIdentity server() {
    return server;
  }

  Backoff attempts() {
    return attempts;
  }

  Clock clock() {
    return clock;
  }

  boolean isBlocked(Sha256 agent) {
    return agents.isBlocked(agent);
  }

  byte[] word() {
    byte[] word = new byte[IdentityMessage.LINEAGE_BYTES];
    random.nextBytes(word);
    return word;
  }

  /** An old key that was replaced serves nobody any more. */
  void confirmed(IdentityEntry entry) {
    entry.parent().ifPresent(this::endIfReplaced);
  }

  private void endIfReplaced(long parent) {
    table
        .find(parent)
        .filter(entry -> !entry.valid())
        .ifPresent(entry -> connections.close(entry.number()));
  }

  void note(String address, Deed deed) {
    LOG.log(Level.INFO, "{0} {1}: {2} ({3})", deed.code(), address, deed.target(), deed.result());
    journal.add(address, deed);
  }

  static String shown(Sha256 agent) {
    return agent.toString().substring(0, SHORT_ID);
  }
}
