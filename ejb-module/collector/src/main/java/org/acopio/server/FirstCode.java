package org.acopio.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.ZoneOffset;
import org.acopio.account.AuditLog;
import org.acopio.account.Deed;
import org.acopio.catalog.EnrolmentCodeEntry;
import org.acopio.identity.EnrolmentCodes;

/** Makes the code that invites PCs at the first start and shows it, once. */
final class FirstCode {
  private static final Logger ONCE = System.getLogger("org.acopio.console.once");

  private FirstCode() {}

  /**
   * @param place where other computers find the server
   */
  static void show(EnrolmentCodes codes, AuditLog audit, Place place) {
    codes
        .makeFirst("system")
        .ifPresent(
            made -> {
              EnrolmentCodeEntry entry = made.entry();
              audit.add("system", "", Deed.done("enrol.code", Long.toString(entry.number())));
              ONCE.log(
                  Level.INFO,
                  "First start: another computer is enrolled with ''acopio enrol {0} --server {1}''"
                      + " until {2}, and can send files then{3}. The code is shown only now;"
                      + " ''acopio-server admin enrol-code'' makes another.",
                  made.code().text(),
                  place.text(),
                  entry.expiresAt().atZone(ZoneOffset.UTC).toLocalDate(),
                  place.isOfThisComputerOnly()
                      ? ", once the server listens beyond this one (--bind)"
                      : "");
            });
  }
}
