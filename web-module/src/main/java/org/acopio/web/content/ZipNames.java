package org.acopio.web.content;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names in one zip: below the client's address the path as on the PC, of which every part is
 * harmless, none leads upwards, and no two are the same, in whatever letter case. Used by one
 * thread.
 */
final class ZipNames {
  private static final int MAX_LENGTH = 1_000;

  private final Set<String> files = new HashSet<>();
  private final Set<String> folders = new HashSet<>();

  /** The last number that was given to each name: many files may want the same. */
  private final Map<String, Integer> last = new HashMap<>();

  /** Takes a name, so that no file gets it. */
  ZipNames(String taken) {
    files.add(key(taken));
  }

  /** A free name for the file at {@code path}, separated by {@code /}. */
  String of(String address, String path) {
    List<String> parts = parts(address, path);
    StringBuilder folder = new StringBuilder();
    for (String part : parts.subList(0, parts.size() - 1)) {
      folder.append(folder(folder.toString(), part)).append('/');
    }
    return file(folder.toString(), parts.get(parts.size() - 1));
  }

  /** When the path is very long, the nearest folders are kept. */
  private static List<String> parts(String address, String path) {
    List<String> parts = new ArrayList<>();
    for (String part : path.replace('\\', '/').split("/")) {
      if (!part.isBlank() && !part.equals(".") && !part.equals("..")) {
        parts.add(SafeName.of(part.endsWith(":") ? part.substring(0, part.length() - 1) : part));
      }
    }
    if (parts.isEmpty()) {
      parts.add("_");
    }
    int length = 0;
    int first = parts.size();
    while (first > 0 && length + parts.get(first - 1).length() < MAX_LENGTH) {
      first--;
      length += parts.get(first).length() + 1;
    }
    List<String> kept =
        new ArrayList<>(parts.subList(Math.min(first, parts.size() - 1), parts.size()));
    kept.add(0, SafeName.of(address));
    return kept;
  }

  private String folder(String parent, String name) {
    for (int number = 1; ; number++) {
      String candidate = number == 1 ? name : name + " (" + number + ")";
      if (!files.contains(key(parent + candidate))) {
        folders.add(key(parent + candidate));
        return candidate;
      }
    }
  }

  private String file(String parent, String name) {
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String extension = dot > 0 ? name.substring(dot) : "";
    String wanted = key(parent + name);
    for (int number = last.getOrDefault(wanted, 0) + 1; ; number++) {
      String candidate = number == 1 ? name : stem + " (" + number + ")" + extension;
      String key = key(parent + candidate);
      if (!folders.contains(key) && files.add(key)) {
        last.put(wanted, number);
        return parent + candidate;
      }
    }
  }

  /** Upper case first: some letters have several lower cases, which systems take for one. */
  private static String key(String name) {
    return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}
