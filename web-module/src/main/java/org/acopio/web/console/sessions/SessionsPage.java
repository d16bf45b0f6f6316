package org.acopio.web.console.sessions;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.security.enterprise.SecurityContext;
import java.util.Optional;
import org.acopio.account.Deed;
import org.acopio.server.Acopio;
import org.acopio.session.Session;
import org.acopio.session.SessionKind;
import org.acopio.session.SessionQuery;
import org.acopio.web.console.Words;

/** Closes connections for an administrator; the rest of the page asks {@code /api/sessions}. */
@Named
@RequestScoped
public class SessionsPage {
  private static final String ALL = "all";

  @EJB private Acopio acopio;
  @Inject private SecurityContext security;
  @Inject private Event<Deed> deeds;
  @Inject private Words words;
  private String target = "";
  private String text = "";
  private String outcome = "";

  /** What to close: the number of a session, the word of a kind, or {@code all}. */
  public String getTarget() {
    return target;
  }

  public void setTarget(String target) {
    this.target = target == null ? "" : target.strip();
  }

  /** What those of a kind, or of all, have to match as well; empty is everything. */
  public String getText() {
    return text;
  }

  public void setText(String text) {
    this.text = text == null ? "" : text.strip();
  }

  /** What came of it, in a sentence; empty before. */
  public String getOutcome() {
    return outcome;
  }

  /** Begins to close the target. */
  public void close() {
    if (!security.isCallerInRole("administrator")) {
      outcome = say("notAllowed");
    } else if (target.matches("\\d{1,18}")) {
      closeOne(Long.parseLong(target));
    } else if (target.equals(ALL) || SessionKind.of(target).isPresent()) {
      closeAll();
    } else {
      outcome = say("goneAlready");
    }
  }

  private void closeAll() {
    if (text.length() > SessionQuery.MAX_TEXT) {
      outcome = say("goneAlready");
      return;
    }
    int closing = acopio.sessions().closeAll(SessionKind.of(target), text);
    String what = text.isEmpty() ? target : target + " " + text;
    deeds.fire(Deed.of("session.close-all", what, Integer.toString(closing)));
    outcome = say("closedMany", closing);
  }

  private void closeOne(long number) {
    Optional<Session> session = acopio.sessions().find(number);
    if (session.isPresent() && session.get().close()) {
      String who = shown(session.get());
      deeds.fire(Deed.done("session.close", who));
      outcome = say("closedOne", who);
    } else {
      outcome = say("goneAlready");
    }
  }

  private static String shown(Session session) {
    return session.kind().word() + " " + session.remoteAddress() + ":" + session.remotePort();
  }

  private String say(String key, Object... values) {
    return words.of("sessions", key, values);
  }
}
