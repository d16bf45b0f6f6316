package org.acopio.web.xmlrpc;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request's {@code Content-Type} and {@code Accept-Encoding} say. */
final class Media {
  private static final Pattern CHARSET =
      Pattern.compile(
          ";\\s*charset\\s*=\\s*(\"([^\"]{1,40})\"|[^\\s;\"]{1,40})", Pattern.CASE_INSENSITIVE);
  private static final Pattern GZIP =
      Pattern.compile("(^|,)\\s*(x-)?gzip\\s*(;\\s*q\\s*=\\s*(?<q>[0-9.]{1,6})\\s*)?(,|$)");
  private static final Pattern ZERO = Pattern.compile("0(\\.0*)?");

  private Media() {}

  /** Whether it is XML; a client that says nothing is believed. */
  static boolean isXml(@Nullable String contentType) {
    if (contentType == null) {
      return true;
    }
    int end = contentType.indexOf(';');
    String type = end < 0 ? contentType : contentType.substring(0, end);
    return switch (type.strip().toLowerCase(Locale.ROOT)) {
      case "text/xml", "application/xml", "application/xmlrpc+xml" -> true;
      default -> false;
    };
  }

  /**
   * The encoding that it names.
   *
   * @throws Fault when no such encoding is known
   */
  static Optional<Charset> charset(@Nullable String contentType) throws Fault {
    if (contentType == null || contentType.indexOf(';') < 0) {
      return Optional.empty();
    }
    Matcher charset = CHARSET.matcher(contentType);
    if (!charset.find()) {
      return Optional.empty();
    }
    String name = charset.group(2) == null ? charset.group(1) : charset.group(2);
    try {
      return Optional.of(Charset.forName(name));
    } catch (IllegalArgumentException e) {
      throw new Fault(
          FaultCode.NOT_WELL_FORMED,
          "the encoding '" + Fault.shown(name) + "' is not known here; use UTF-8");
    }
  }

  /** Whether the client takes a gzip answer (RFC 9110, section 12.5.3). */
  static boolean takesGzip(@Nullable String acceptEncoding) {
    if (acceptEncoding == null) {
      return false;
    }
    Matcher gzip = GZIP.matcher(acceptEncoding.toLowerCase(Locale.ROOT));
    return gzip.find() && (gzip.group("q") == null || !ZERO.matcher(gzip.group("q")).matches());
  }
}
