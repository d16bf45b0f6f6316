package org.acopio.storage;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.acopio.remote.FilePath;
import org.acopio.remote.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Makes names that are safe to create out of paths that are only data, and losslessly so: every
 * byte that cannot stand in a name becomes {@code %XX}, and so does {@code %} itself, which leaves
 * the other uses of {@code %} to this class:
 *
 * <ul>
 *   <li>{@code name%v2.jpg}: the second file that wanted this name;
 *   <li>{@code first%_/rest}: a name that was too long, continued in a folder;
 *   <li>{@code %long/DIGEST/name}: a path that was too long as a whole; the catalog has it in full.
 * </ul>
 */
final class StoredNames {
  private static final int MAX_NAME_BYTES = 255;

  /** Leaves room for a mark and an extension. */
  private static final int CHUNK_BYTES = 224;

  private static final int MAX_PATH_BYTES = 2_800;
  private static final Pattern EXTENSION =
      Pattern.compile("(.+)(\\.[A-Za-z0-9]{1,10})", Pattern.DOTALL);
  private static final Pattern DEVICE =
      Pattern.compile("con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9\u00b9\u00b2\u00b3]");

  private final boolean windows;
  private final boolean asciiOnly;

  /**
   * @param windows true when the store lies on a system with Windows' rules for names
   * @param asciiOnly true when the system cannot create names outside ASCII
   */
  StoredNames(boolean windows, boolean asciiOnly) {
    this.windows = windows;
    this.asciiOnly = asciiOnly;
  }

  /** The folder of a client's address. */
  String folder(String address) {
    return windows ? address.replace(':', '-') : address;
  }

  /**
   * The names below the client's folder, outermost first, the file's own last. Never empty, never
   * with a separator in a name, never {@code .} or {@code ..}. Joined by {@code /} and unescaped
   * they are the path, without the slash that it may begin with.
   */
  List<String> segments(FilePath path) {
    byte[] bytes = path.bytes();
    List<String> names = new ArrayList<>();
    int start = bytes[0] == '/' && bytes.length > 1 ? 1 : 0;
    for (int i = start; i <= bytes.length; i++) {
      if (i == bytes.length || separates(bytes, start, i)) {
        names.addAll(fit(escape(ByteBuffer.wrap(bytes, start, i - start)), MAX_NAME_BYTES));
        start = i + 1;
      }
    }
    return total(names) <= MAX_PATH_BYTES ? names : shortened(path, names);
  }

  /** Slashes that have no name before or behind them belong to a name, escaped. */
  private static boolean separates(byte[] path, int start, int at) {
    return path[at] == '/' && at > start && at < path.length - 1;
  }

  /** The name for the {@code number}-th file that wants {@code name}; may continue in a folder. */
  List<String> occupant(String name, int number) {
    if (number == 1) {
      return List.of(name);
    }
    String mark = "%v" + number;
    var parts = EXTENSION.matcher(name);
    String stem = parts.matches() ? parts.group(1) : name;
    String extension = parts.matches() ? parts.group(2) : "";
    List<String> names = new ArrayList<>(fit(stem, CHUNK_BYTES));
    int last = names.size() - 1;
    names.set(last, names.get(last) + mark + extension);
    return names;
  }

  private static List<String> shortened(FilePath path, List<String> names) {
    Sha256 digest = Sha256.of(Sha256.start().digest(path.bytes()));
    return List.of("%long", digest.toString(), names.get(names.size() - 1));
  }

  private static int total(List<String> names) {
    int total = 0;
    for (String name : names) {
      total += utf8(name) + 1;
    }
    return total;
  }

  /** One name, or the folders and the name that it continues in. */
  private List<String> fit(String name, int max) {
    String whole = guard(name);
    if (utf8(whole) <= max) {
      return List.of(whole);
    }
    List<String> chunks = new ArrayList<>();
    int start = 0;
    int bytes = 0;
    for (int i = 0; i < name.length(); ) {
      int step = name.charAt(i) == '%' ? 3 : Character.charCount(name.codePointAt(i));
      int count = utf8(name.substring(i, i + step));
      if (bytes + count > CHUNK_BYTES) {
        chunks.add(guard(name.substring(start, i)) + "%_");
        start = i;
        bytes = 0;
      }
      bytes += count;
      i += step;
    }
    chunks.add(guard(name.substring(start)));
    return chunks;
  }

  private String escape(ByteBuffer segment) {
    StringBuilder name = new StringBuilder(segment.remaining() + 16);
    String text = decode(segment);
    if (text != null) {
      text.codePoints().forEach(codePoint -> append(name, codePoint));
    } else {
      escapeBroken(segment, name);
    }
    return name.toString();
  }

  /** A segment that is not UTF-8: what is valid stays, each other byte is escaped. */
  private void escapeBroken(ByteBuffer segment, StringBuilder name) {
    while (segment.hasRemaining()) {
      int length = sequenceLength(segment.get(segment.position()));
      String one =
          length <= segment.remaining() ? decode(segment.slice(segment.position(), length)) : null;
      if (one == null) {
        percent(name, segment.get());
      } else {
        append(name, one.codePointAt(0));
        segment.position(segment.position() + length);
      }
    }
  }

  private void append(StringBuilder name, int codePoint) {
    if (allowed(codePoint)) {
      name.appendCodePoint(codePoint);
    } else {
      for (byte value : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
        percent(name, value);
      }
    }
  }

  /**
   * Names that mean something else than themselves lose their first or last character to an escape.
   */
  private String guard(String name) {
    if (name.equals(".") || name.equals("..")) {
      return "%2E".repeat(name.length());
    }
    if (!windows) {
      return name;
    }
    String stem = name.toLowerCase(Locale.ROOT).split("\\.", 2)[0].strip();
    String safe =
        DEVICE.matcher(stem).matches() ? percent(name.charAt(0)) + name.substring(1) : name;
    char last = safe.charAt(safe.length() - 1);
    return last == '.' || last == ' ' ? safe.substring(0, safe.length() - 1) + percent(last) : safe;
  }

  private static String percent(char ascii) {
    StringBuilder escaped = new StringBuilder();
    percent(escaped, (byte) ascii);
    return escaped.toString();
  }

  private boolean allowed(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          joiner(codePoint);
      default ->
          codePoint != '%'
              && codePoint != '/'
              && codePoint != '\\'
              && !(asciiOnly && codePoint > 0x7e)
              && !(windows && "<>:\"|?*".indexOf(codePoint) >= 0);
    };
  }

  /**
   * Zero-width joiner and non-joiner belong to words and emoji; the other format characters hide
   * text.
   */
  private boolean joiner(int codePoint) {
    return !asciiOnly && (codePoint == 0x200c || codePoint == 0x200d);
  }

  /** How long the UTF-8 sequence is that begins with this byte; 1 also where none begins. */
  private static int sequenceLength(byte lead) {
    int value = lead & 0xff;
    return value < 0xc2 ? 1 : value < 0xe0 ? 2 : value < 0xf0 ? 3 : value < 0xf5 ? 4 : 1;
  }

  /** The text that the bytes are in UTF-8, null when they are not; the buffer stays where it is. */
  private static @Nullable String decode(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(bytes.duplicate())
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static void percent(StringBuilder name, byte value) {
    name.append('%')
        .append(Character.toUpperCase(Character.forDigit(value >> 4 & 15, 16)))
        .append(Character.toUpperCase(Character.forDigit(value & 15, 16)));
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
