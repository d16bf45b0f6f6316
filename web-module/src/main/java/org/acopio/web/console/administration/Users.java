package org.acopio.web.console.administration;

import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import org.acopio.account.Account;
import org.acopio.account.Accounts;
import org.acopio.account.Deed;
import org.acopio.account.Role;
import org.acopio.server.Acopio;

/** Who may use the console, on the page. */
@Named
@ViewScoped
public class Users implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  @EJB private Acopio acopio;
  @Inject private Gate gate;

  private String name = "";
  private String role = Role.VIEWER.word();
  private String freshName = "";
  private String freshPassword = "";

  /** Every account by name. */
  public List<Account> getAll() {
    return accounts().all();
  }

  private Accounts accounts() {
    return acopio.accounts();
  }

  public void add() {
    String wanted = name == null ? "" : name.strip();
    Role granted = Role.of(role).orElse(Role.VIEWER);
    String[] password = {""};
    if (gate.change(
        Deed.of("user.add", wanted, granted.word()),
        () -> password[0] = accounts().add(wanted, granted))) {
      show(wanted, password[0]);
      name = "";
    }
  }

  /** Makes a viewer of an administrator, and the other way round. */
  public void changeRole(Account account) {
    Role other = account.role() == Role.VIEWER ? Role.ADMINISTRATOR : Role.VIEWER;
    if (gate.change(
        Deed.of("user.role", account.name(), other.word()),
        () -> accounts().role(account.name(), other))) {
      gate.confirm("roleChanged", account.name());
    }
  }

  public void resetPassword(Account account) {
    String[] password = {""};
    if (gate.change(
        Deed.done("user.reset", account.name()),
        () -> password[0] = accounts().resetPassword(account.name()))) {
      show(account.name(), password[0]);
    }
  }

  public void lock(Account account, boolean locked) {
    if (gate.change(
        Deed.done(locked ? "user.lock" : "user.unlock", account.name()),
        () -> accounts().lock(account.name(), locked))) {
      gate.confirm(locked ? "userLocked" : "userUnlocked", account.name());
    }
  }

  public void remove(Account account) {
    if (gate.change(
        Deed.done("user.remove", account.name()), () -> accounts().remove(account.name()))) {
      gate.confirm("userRemoved", account.name());
    }
  }

  private void show(String of, String password) {
    freshName = of;
    freshPassword = password;
  }

  /** Takes the password away that was shown. */
  public void forget() {
    show("", "");
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public String getRole() {
    return role;
  }

  public void setRole(String role) {
    this.role = role;
  }

  /** Whose password is shown; empty when none is. */
  public String getFreshName() {
    return freshName;
  }

  /** The password that is shown, this once. */
  public String getFreshPassword() {
    return freshPassword;
  }
}
