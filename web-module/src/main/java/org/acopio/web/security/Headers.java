package org.acopio.web.security;

import jakarta.servlet.http.HttpServletResponse;

/** What every answer of the web application tells the browser to be careful with. */
final class Headers {
  static final String CSP = "Content-Security-Policy";

  /**
   * Nothing but this server's own; no script in a page, no plug-in, no frame around it. The
   * components of the pages set styles on elements. Pages of Faces get one with a nonce instead
   * (web.xml, {@code primefaces.CSP_POLICY}).
   */
  static final String POLICY =
      "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data: blob:; media-src 'self'; connect-src 'self'; object-src 'none';"
          + " base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

  private static final String PERMISSIONS =
      "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

  private Headers() {}

  /** For answers that no page is made of: a long policy would cost more than the call. */
  static void setForPrograms(HttpServletResponse response) {
    response.setHeader(CSP, "default-src 'none'; frame-ancestors 'none'");
    response.setHeader("X-Content-Type-Options", "nosniff");
  }

  /** Sets them; what serves the request may set stricter ones. */
  static void set(HttpServletResponse response, String path) {
    response.setHeader(CSP, POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("Permissions-Policy", PERMISSIONS);
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    if (Paths.isPersonal(path)) {
      response.setHeader("Cache-Control", "no-store");
    }
  }
}
