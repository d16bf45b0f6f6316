package org.acopio.web.console.administration;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import org.acopio.account.AccountException;
import org.acopio.account.Deed;
import org.acopio.account.Role;
import org.acopio.catalog.CatalogException;
import org.acopio.web.console.Words;

/**
 * Through which every change of the page goes: only for administrators, kept in the audit log, and
 * told to the person in words, as is what was refused.
 */
@RequestScoped
public class Gate {
  private static final String AREA = "administration";

  @Inject private SecurityContext security;
  @Inject private Event<Deed> deeds;
  @Inject private Words words;

  /** Something that the accounts or the catalog may refuse. */
  interface Change {
    void run() throws AccountException;
  }

  /** Makes a change and keeps it as {@code deed}; whether it was made. */
  boolean change(Deed deed, Change change) {
    if (!security.isCallerInRole(Role.ADMINISTRATOR.word())) {
      return refuse("refusedRole");
    }
    try {
      change.run();
    } catch (AccountException e) {
      return refuse("refused." + e.code().name());
    } catch (CatalogException e) {
      return refuse("refusedAway");
    }
    deeds.fire(deed);
    return true;
  }

  /** The account that is logged in. */
  String caller() {
    return security.getCallerPrincipal().getName();
  }

  boolean refuse(String key, Object... values) {
    tell(FacesMessage.SEVERITY_ERROR, key, values);
    return false;
  }

  void confirm(String key, Object... values) {
    tell(FacesMessage.SEVERITY_INFO, key, values);
  }

  private void tell(FacesMessage.Severity severity, String key, Object... values) {
    FacesContext.getCurrentInstance()
        .addMessage(null, new FacesMessage(severity, words.of(AREA, key, values), null));
  }
}
