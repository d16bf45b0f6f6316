package org.acopio.web.security;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.acopio.account.Deed;
import org.acopio.server.Acopio;

/** Writes what people do into the audit log, with who they are and where they are. */
@ApplicationScoped
public class AuditTrail {
  private static final String SYSTEM = "system";

  /** A name that nobody has may be a password in the wrong field. */
  private static final String UNKNOWN = "?";

  @EJB private Acopio acopio;
  @Inject private HttpServletRequest request;
  @Inject private LoginRefusals refusals;

  /** Any part of the console fires a deed when it is done. */
  void done(@Observes Deed deed) {
    String who;
    String address;
    try {
      who = Optional.ofNullable(request.getRemoteUser()).orElse(SYSTEM);
      address = request.getRemoteAddr();
    } catch (ContextNotActiveException | IllegalStateException e) {
      // Outside of a request: the server itself.
      who = SYSTEM;
      address = "";
    }
    acopio.audit().add(who, address, deed);
  }

  /** Keeps what was done in a request by somebody of whom the request does not know yet. */
  void keep(String who, HttpServletRequest from, Deed deed) {
    acopio.audit().add(who, from.getRemoteAddr(), deed);
  }

  /**
   * Keeps a login that failed, and counts it.
   *
   * @param why one of {@link LoginRefusals}
   */
  void failed(String typed, HttpServletRequest from, String why) {
    refusals.count(why);
    String who = acopio.accounts().isKnown(typed) ? typed.strip() : UNKNOWN;
    keep(who, from, Deed.of("login.failed", "", why));
  }
}
