package org.acopio.client.command;

import java.time.Duration;

/** Numbers as people read them. */
final class Units {
  private static final String[] SIZES = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

  private final String point;

  Units(Messages messages) {
    this.point = messages.text("units.point");
  }

  /** A number of bytes with three digits, in powers of a thousand. */
  String size(long bytes) {
    int unit = 0;
    double value = bytes;
    while (value >= 999.5 && unit < SIZES.length - 1) {
      value /= 1000;
      unit++;
    }
    return unit == 0 ? bytes + " B" : digits(value) + " " + SIZES[unit];
  }

  /** A rate in bytes each second. */
  String rate(double bytesPerSecond) {
    return size((long) bytesPerSecond) + "/s";
  }

  /** A duration for reading: {@code 0.25 s}, {@code 12.3 s}, {@code 4:05}, {@code 1:02:03}. */
  String duration(Duration duration) {
    double seconds = duration.toNanos() / 1e9;
    if (seconds < 60) {
      return digits(seconds) + " s";
    }
    long whole = Math.round(seconds);
    String rest = two(whole / 60 % 60) + ":" + two(whole % 60);
    return whole >= 3600 ? whole / 3600 + ":" + rest : rest;
  }

  private static String two(long number) {
    return number < 10 ? "0" + number : Long.toString(number);
  }

  /** Three significant digits, no more than three behind the point. */
  private String digits(double value) {
    int decimals = value < 0.9995 ? 3 : value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    long scale = decimals == 3 ? 1000 : decimals == 2 ? 100 : decimals == 1 ? 10 : 1;
    long scaled = Math.round(value * scale);
    if (decimals == 0) {
      return Long.toString(scaled);
    }
    String fraction = Long.toString(scale + scaled % scale).substring(1);
    return scaled / scale + point + fraction;
  }
}
