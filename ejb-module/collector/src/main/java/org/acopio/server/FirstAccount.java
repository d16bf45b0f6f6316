package org.acopio.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.acopio.account.Accounts;
import org.acopio.account.AuditLog;
import org.acopio.account.Deed;

/** Makes the administrator at the first start and shows the password, once. */
final class FirstAccount {
  /**
   * What this logger says goes to the console and into no file of the launcher; another container
   * has but its own log for it.
   */
  private static final Logger ONCE = System.getLogger("org.acopio.console.once");

  private FirstAccount() {}

  static void show(Accounts accounts, AuditLog audit) {
    accounts
        .makeFirst()
        .ifPresent(
            password -> {
              audit.add("system", "", Deed.done("user.add", Accounts.FIRST));
              ONCE.log(
                  Level.INFO,
                  "First start: the administrator is {0}, the password {1}. It is shown only now;"
                      + " ''acopio-server admin password'' makes another.",
                  Accounts.FIRST,
                  password);
            });
  }
}
