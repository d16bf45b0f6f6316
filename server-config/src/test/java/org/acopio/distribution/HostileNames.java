package org.acopio.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.acopio.browser.Browser;

/** Names of files that become something else on a page that does not take them as text. */
final class HostileNames {
  /** What a script that runs after all would set. */
  static final String FLAG = "window.acopioWasFooled";

  static final String IMAGE = "<img src=x onerror=acopioWasFooled=1>.jpg";
  static final String BROKEN_OUT = "\"><svg onload=acopioWasFooled=2>.jpg";
  static final String EXPRESSION = "#{1+1}${1+1}{{1+1}}.jpg";
  static final String RIGHT_TO_LEFT = "photo \u202egpj.exe.jpg";
  static final String TWO_LINES = "one\ntwo.jpg";
  static final String LONG = "long ".repeat(49) + "e.jpg";
  static final List<String> ALL =
      List.of(IMAGE, BROKEN_OUT, EXPRESSION, RIGHT_TO_LEFT, TWO_LINES, LONG);

  private HostileNames() {}

  /** Whether none of them is anything but text on the page that a browser shows. */
  static boolean areText(Browser browser) {
    return browser.script("return " + FLAG + " ?? null") == null
        && !browser.has("img[src='x'], svg[onload]");
  }

  /** Makes a picture of each name in a folder. */
  static void make(Path folder) throws IOException {
    Media media = new Media(66);
    for (String name : ALL) {
      media.jpeg(Files.createDirectories(folder).resolve(name), 4_000);
    }
  }
}
