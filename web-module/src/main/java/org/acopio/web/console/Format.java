package org.acopio.web.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes figures as people of the page's language read them; {@code acopio.format} does the same in
 * the browser. Times are in the server's zone. What is absent is a dash.
 */
@Named
@RequestScoped
public class Format {
  private static final String NONE = "–";
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private final Locale locale;

  @Inject
  Format(Look look) {
    this(look.getLocale());
  }

  Format(Locale locale) {
    this.locale = locale;
  }

  /** For CDI's proxy. */
  Format() {
    this(Locale.ENGLISH);
  }

  /** Such as {@code 1,234}. */
  public String count(@Nullable Number count) {
    return count == null ? NONE : NumberFormat.getIntegerInstance(locale).format(count.longValue());
  }

  /** Such as {@code 4.2 GiB}: three digits, in powers of 1,024. */
  public String bytes(@Nullable Number bytes) {
    if (bytes == null) {
      return NONE;
    }
    double value = bytes.longValue();
    int unit = 0;
    while (value >= 999.5 && unit < UNITS.length - 1) {
      value /= 1_024;
      unit++;
    }
    NumberFormat format = NumberFormat.getNumberInstance(locale);
    format.setMaximumFractionDigits(unit == 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2);
    return format.format(value) + " " + UNITS[unit];
  }

  /** Such as {@code 21 Nov 2026, 17:30:38}. */
  public String time(@Nullable Instant instant) {
    return instant == null
        ? NONE
        : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
            .withLocale(locale)
            .withZone(ZoneId.systemDefault())
            .format(instant);
  }

  /** Such as {@code 2:03:09} or {@code 0:07}. */
  public String duration(@Nullable Duration duration) {
    if (duration == null) {
      return NONE;
    }
    long hours = duration.toHours();
    return hours > 0
        ? "%d:%02d:%02d".formatted(hours, duration.toMinutesPart(), duration.toSecondsPart())
        : "%d:%02d".formatted(duration.toMinutesPart(), duration.toSecondsPart());
  }
}
