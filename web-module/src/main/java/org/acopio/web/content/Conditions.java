package org.acopio.web.content;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a request (RFC 9110, section 13), about something that has an entity tag and a
 * time.
 */
final class Conditions {
  private static final Pattern TAG = Pattern.compile("\\G\\s*,?\\s*(W/)?(\"[!\\x23-\\x7e]*\")");
  private static final int MAX_HEADER = 4_000;

  /** RFC 9110, 5.6.7: always GMT, two digits of the day. */
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

  private final Function<String, @Nullable String> headers;
  private final String tag;
  private final Instant changed;

  /**
   * Of a request.
   *
   * @param headers of the request, by name
   * @param tag strong entity tag, in quotes
   * @param changed when it last changed
   */
  Conditions(Function<String, @Nullable String> headers, String tag, Instant changed) {
    this.headers = headers;
    this.tag = tag;
    this.changed = changed.truncatedTo(ChronoUnit.SECONDS);
  }

  /** What the conditions come to. */
  enum Verdict {
    SEND,
    NOT_MODIFIED,
    FAILED
  }

  /** In the order of section 13.2.2. */
  Verdict verdict() {
    String match = headers.apply("If-Match");
    if (match != null) {
      if (!names(match, false)) {
        return Verdict.FAILED;
      }
    } else if (date("If-Unmodified-Since").filter(changed::isAfter).isPresent()) {
      return Verdict.FAILED;
    }
    String noneMatch = headers.apply("If-None-Match");
    if (noneMatch != null) {
      return names(noneMatch, true) ? Verdict.NOT_MODIFIED : Verdict.SEND;
    }
    boolean old = date("If-Modified-Since").filter(since -> !changed.isAfter(since)).isPresent();
    return old ? Verdict.NOT_MODIFIED : Verdict.SEND;
  }

  /** Whether ranges may be sent: no {@code If-Range}, or one that names what is here. */
  boolean rangesApply() {
    String ifRange = headers.apply("If-Range");
    if (ifRange == null) {
      return true;
    }
    return ifRange.contains("\"")
        ? ifRange.strip().equals(tag)
        : date("If-Range").filter(changed::equals).isPresent();
  }

  private boolean names(String header, boolean weak) {
    if (header.strip().equals("*")) {
      return true;
    }
    Matcher one = TAG.matcher(header.substring(0, Math.min(MAX_HEADER, header.length())));
    while (one.find()) {
      if (one.group(2).equals(tag) && (weak || one.group(1) == null)) {
        return true;
      }
    }
    return false;
  }

  private Optional<Instant> date(String name) {
    String text = headers.apply(name);
    if (text == null || text.length() > 40) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          ZonedDateTime.parse(text.strip(), HTTP_DATE.withZone(ZoneOffset.UTC)).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  static String httpDate(Instant time) {
    return HTTP_DATE.format(time.atZone(ZoneOffset.UTC));
  }
}
