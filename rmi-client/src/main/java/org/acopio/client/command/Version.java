package org.acopio.client.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this program, as its build wrote it. */
final class Version {
  private Version() {}

  static String get() {
    Properties build = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      if (in == null) {
        throw new IllegalStateException("version.properties is missing from the program");
      }
      build.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("version.properties", e);
    }
    return build.getProperty("version");
  }
}
