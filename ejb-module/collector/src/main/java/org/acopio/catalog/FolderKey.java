package org.acopio.catalog;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Paths as bytes whose order is that of a walk through their folders: 0 stands between two names,
 * and bytes 0 and 1 of a name are written 1 1 and 1 2. What lies below a folder follows itself
 * without a gap, and names are in the order of their bytes.
 */
final class FolderKey {
  /** Between two names. */
  static final byte SEPARATOR = 0;

  private static final byte ESCAPE = 1;

  private FolderKey() {}

  /** A slash that has no name before or behind it belongs to a name, as in the store. */
  static byte[] ofPath(byte[] path) {
    ByteArrayOutputStream key = new ByteArrayOutputStream(path.length + 2);
    int start = 0;
    for (int at = 0; at < path.length; at++) {
      if (path[at] == '/' && at > start && at < path.length - 1) {
        key.write(SEPARATOR);
        start = at + 1;
      } else {
        write(key, path[at]);
      }
    }
    return key.toByteArray();
  }

  /** What the keys of all files in and below a folder begin with. */
  static byte[] ofFolder(byte[] folder) {
    if (folder.length == 0) {
      return folder.clone();
    }
    byte[] below = Arrays.copyOf(folder, folder.length + 2);
    below[folder.length] = '/';
    below[folder.length + 1] = 'x';
    byte[] key = ofPath(below);
    return Arrays.copyOf(key, key.length - 1);
  }

  /** A single name, whatever slashes it has. */
  static byte[] ofName(byte[] name) {
    ByteArrayOutputStream key = new ByteArrayOutputStream(name.length + 2);
    for (byte each : name) {
      write(key, each);
    }
    return key.toByteArray();
  }

  private static void write(ByteArrayOutputStream key, byte each) {
    if (each == 0 || each == 1) {
      key.write(ESCAPE);
      key.write(each + 1);
    } else {
      key.write(each);
    }
  }

  /** The bytes that {@link #ofPath} or {@link #ofName} made this of. */
  static byte[] text(byte[] key, int from, int to) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(to - from);
    for (int at = from; at < to; at++) {
      if (key[at] == SEPARATOR) {
        text.write('/');
      } else if (key[at] == ESCAPE) {
        at++;
        text.write(key[at] - 1);
      } else {
        text.write(key[at]);
      }
    }
    return text.toByteArray();
  }
}
