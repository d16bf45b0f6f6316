package org.acopio.web.console.administration;

import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serial;
import java.util.List;
import java.util.Map;
import java.util.MissingResourceException;
import org.acopio.catalog.AuditEntry;
import org.acopio.server.Acopio;
import org.acopio.web.console.Words;
import org.primefaces.model.FilterMeta;
import org.primefaces.model.LazyDataModel;
import org.primefaces.model.SortMeta;

/** The audit log, a page at a time, newest first. */
@Named
@ViewScoped
public class AuditLines extends LazyDataModel<AuditEntry> {
  @Serial private static final long serialVersionUID = 1L;

  @EJB private transient Acopio acopio;
  @Inject private Words words;

  private String wanted = "";
  private String code = "";

  @Override
  public int count(Map<String, FilterMeta> filters) {
    return (int) Math.min(Integer.MAX_VALUE, acopio.audit().count(code, wanted));
  }

  @Override
  public List<AuditEntry> load(
      int first, int size, Map<String, SortMeta> order, Map<String, FilterMeta> filters) {
    return acopio.audit().page(code, wanted, first, Math.max(1, size));
  }

  @Override
  public String getRowKey(AuditEntry entry) {
    return Long.toString(entry.number());
  }

  /** The code in words; as it is when there are none for it. */
  public String words(String of) {
    return words("deed.", of);
  }

  /** How it ended in words; as it is when there are none for it, such as for a number. */
  public String result(String of) {
    return words("result.", of);
  }

  private String words(String prefix, String of) {
    try {
      return words.of("administration", prefix + of);
    } catch (MissingResourceException e) {
      return of;
    }
  }

  public String getWanted() {
    return wanted;
  }

  public void setWanted(String wanted) {
    this.wanted = wanted == null ? "" : wanted;
  }

  public String getCode() {
    return code;
  }

  public void setCode(String code) {
    this.code = code == null ? "" : code;
  }
}
