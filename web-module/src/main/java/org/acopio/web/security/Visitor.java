package org.acopio.web.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;
import org.acopio.account.Account;
import org.acopio.account.AccountSettings;
import org.acopio.account.Accounts;
import org.acopio.account.Role;

/**
 * Who logged in, as the HTTP session remembers it. What the person may do is asked of the accounts
 * each time, so that a lock, another role or another password holds at once.
 *
 * @param name the account, or {@link Accounts#LOCAL}
 * @param number the account's; 0 for {@link Accounts#LOCAL}
 * @param generation the account's at the login
 */
record Visitor(String name, long number, long generation) implements Serializable {
  private static final String ATTRIBUTE = Visitor.class.getName();

  /** A name and what it may do now. */
  record Present(String name, Role role) {}

  static Visitor of(Account account) {
    return new Visitor(account.name(), account.number(), account.generation());
  }

  /** Who has the machine's own right, by a ticket. */
  static Visitor local() {
    return new Visitor(Accounts.LOCAL, 0, 0);
  }

  /** Begins a session of this visitor: a new one, whose id nobody knew before. */
  void enter(HttpServletRequest request, Role role, AccountSettings settings) {
    HttpSession before = request.getSession(false);
    if (before != null) {
      before.invalidate();
    }
    HttpSession session = request.getSession(true);
    session.setMaxInactiveInterval(seconds(settings.idle(role)));
    session.setAttribute(ATTRIBUTE, this);
  }

  private static int seconds(Duration duration) {
    return (int) Math.min(Integer.MAX_VALUE, duration.toSeconds());
  }

  /** Who is logged in, as the session says; it may have ended since. */
  static Optional<Visitor> of(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session != null && session.getAttribute(ATTRIBUTE) instanceof Visitor visitor
        ? Optional.of(visitor)
        : Optional.empty();
  }

  /** The visitor with today's rights; nothing when the login has ended. */
  Optional<Present> present(Accounts accounts) {
    if (number == 0 && name.equals(Accounts.LOCAL)) {
      return Optional.of(new Present(name, Role.ADMINISTRATOR));
    }
    return accounts
        .current(name, number, generation)
        .map(account -> new Present(account.name(), account.role()));
  }
}
