package org.acopio.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.ZoneOffset;
import org.acopio.account.AuditLog;
import org.acopio.account.Deed;
import org.acopio.catalog.EnrolmentCodeEntry;
import org.acopio.identity.EnrolmentCodes;

/** Makes the code that invites PCs at the first start and shows it, once. */
final class FirstCode {
  private static final Logger ONCE = System.getLogger("org.acopio.console.once");
  private static final int RMI_PORT = 1099;

  private FirstCode() {}

  /**
   * @param host by which other computers reach the server; empty when nobody said
   */
  static void show(EnrolmentCodes codes, AuditLog audit, InetSocketAddress rmi, String host) {
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
                  place(rmi, host),
                  entry.expiresAt().atZone(ZoneOffset.UTC).toLocalDate(),
                  rmi.getAddress().isLoopbackAddress()
                      ? ", once the server listens beyond this one (--bind)"
                      : "");
            });
  }

  private static String place(InetSocketAddress rmi, String host) {
    String name = host.isEmpty() ? name(rmi.getAddress()) : host;
    String shown = name.contains(":") ? "[" + name + "]" : name;
    return rmi.getPort() == RMI_PORT ? shown : shown + ":" + rmi.getPort();
  }

  private static String name(InetAddress bound) {
    if (!bound.isAnyLocalAddress() && !bound.isLoopbackAddress()) {
      return bound.getHostAddress();
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "HOST";
    }
  }
}
