package org.acopio.web.console.administration;

import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serial;
import java.util.List;
import java.util.Map;
import org.acopio.account.Deed;
import org.acopio.catalog.IdentityEntry;
import org.acopio.catalog.IdentityEntry.Reason;
import org.acopio.server.Acopio;
import org.primefaces.model.FilterMeta;
import org.primefaces.model.LazyDataModel;
import org.primefaces.model.SortMeta;

/** The keys by which PCs are known, a page at a time. */
@Named
@ViewScoped
public class Keys extends LazyDataModel<IdentityEntry> {
  @Serial private static final long serialVersionUID = 1L;
  private static final int SHORT_ID = 12;

  @EJB private transient Acopio acopio;
  @Inject private Gate gate;

  @Override
  public int count(Map<String, FilterMeta> filters) {
    return (int) Math.min(Integer.MAX_VALUE, acopio.identities().count());
  }

  @Override
  public List<IdentityEntry> load(
      int first, int size, Map<String, SortMeta> order, Map<String, FilterMeta> filters) {
    return acopio.identities().page(first, Math.max(1, size));
  }

  @Override
  public String getRowKey(IdentityEntry key) {
    return Long.toString(key.number());
  }

  /** The identity of the row's key; faces asks for it when a button of a row is pressed. */
  @Override
  public IdentityEntry getRowData(String key) {
    return acopio.identities().find(Long.parseLong(key)).orElse(null);
  }

  /** As many characters of an agent's id as people need. */
  public String shortId(IdentityEntry key) {
    return key.agent().toString().substring(0, SHORT_ID);
  }

  /**
   * A word for how it is with a key: {@code valid}, {@code rekey}, {@code revoked} or {@code
   * replaced}.
   */
  public String state(IdentityEntry key) {
    if (key.revoked().isPresent()) {
      return key.revoked().get().why() == Reason.REPLACED ? "replaced" : "revoked";
    }
    return key.rekeyWanted() ? "rekey" : "valid";
  }

  /** The PC that this one was a copy of; empty when it was none. */
  public String copyOf(IdentityEntry key) {
    if (key.parent().isEmpty()) {
      return "";
    }
    return acopio
        .identities()
        .find(key.parent().getAsLong())
        .filter(parent -> !parent.agent().equals(key.agent()))
        .map(IdentityEntry::hostName)
        .orElse("");
  }

  public void revoke(IdentityEntry key) {
    if (gate.change(
        Deed.done("identity.revoke", target(key)),
        () -> acopio.identities().revoke(key.number()))) {
      gate.confirm("keyRevoked", key.hostName());
    }
  }

  public void rekey(IdentityEntry key) {
    if (gate.change(
        Deed.done("identity.rekey", target(key)), () -> acopio.identities().rekey(key.number()))) {
      gate.confirm("keyRenewal", key.hostName());
    }
  }

  private String target(IdentityEntry key) {
    return key.hostName() + " " + shortId(key);
  }
}
