package org.acopio.browser;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The Chromium of this machine, looked for once. Without one, tests are skipped and one message
 * says how to get one; with {@code -Dacopio.browser=required} they fail with it.
 */
final class Browsers {
  private static final Supplier<Chromium> CHROMIUM = new Once();

  private Browsers() {}

  static Chromium chromium() {
    try {
      return CHROMIUM.get();
    } catch (NoBrowserException e) {
      String message = e.getMessage();
      return "required".equals(System.getProperty("acopio.browser"))
          ? Assertions.fail(message)
          : Assumptions.abort(message);
    }
  }

  private static String help(String reason) {
    return "The console was not tried in a browser: no Chromium that starts was found, and "
        + reason
        + ". Install one (Debian: apt-get install chromium chromium-driver) or set ACOPIO_CHROME"
        + " to the program.";
  }

  /** Asks once and remembers the answer, or the refusal. */
  private static final class Once implements Supplier<Chromium> {
    private @Nullable Chromium chromium;
    private @Nullable NoBrowserException refusal;

    @Override
    public synchronized Chromium get() {
      if (refusal != null) {
        throw refusal;
      }
      if (chromium == null) {
        try {
          chromium = Chromium.findOrInstall();
        } catch (NoBrowserException e) {
          refusal = new NoBrowserException(help(String.valueOf(e.getMessage())));
          System.err.println(refusal.getMessage());
          throw refusal;
        }
      }
      return chromium;
    }
  }
}
