package org.acopio.collect;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.acopio.remote.FilePath;

/** Thousands of paths that mean harm, the same in every run. */
final class NameCorpus {
  private static final int NOISE = 800;

  /** Around each listed name: as a whole, as a folder, below others, twice, and with an ending. */
  private static final List<String> FRAMES =
      List.of("%s", "/%s", "%s/x.jpg", "a/%s", "/home/rosa/%s/b/%s", "%s%s", "%s.jpg", "C:/%s");

  private NameCorpus() {}

  static List<FilePath> paths() throws IOException {
    List<byte[]> listed = listed();
    Set<FilePath> paths = new LinkedHashSet<>();
    for (String frame : FRAMES) {
      for (byte[] name : listed) {
        paths.add(FilePath.of(framed(frame, name)));
      }
    }
    tooLong().map(FilePath::of).forEach(paths::add);
    Random random = new Random(20_261_121);
    for (int i = 0; i < NOISE; i++) {
      paths.add(FilePath.of(pieces(random, listed)));
      byte[] noise = new byte[1 + random.nextInt(40)];
      random.nextBytes(noise);
      paths.add(FilePath.of(noise));
    }
    return List.copyOf(paths);
  }

  private static List<byte[]> listed() throws IOException {
    List<byte[]> names = new ArrayList<>();
    try (InputStream in = NameCorpus.class.getResourceAsStream("hostile-names.txt");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isEmpty() && !line.startsWith("# ")) {
          names.add(bytes(line));
        }
      }
    }
    return names;
  }

  /** The text in UTF-8, with a byte for each {@code \xNN}. */
  private static byte[] bytes(String line) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int at = 0;
    while (at < line.length()) {
      if (line.startsWith("\\x", at)) {
        bytes.write(Integer.parseInt(line.substring(at + 2, at + 4), 16));
        at += 4;
      } else {
        int next = line.indexOf("\\x", at);
        String plain = line.substring(at, next < 0 ? line.length() : next);
        bytes.writeBytes(plain.getBytes(StandardCharsets.UTF_8));
        at += plain.length();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] framed(String frame, byte[] name) {
    // ISO-8859-1 keeps every byte as it is.
    String text = new String(name, StandardCharsets.ISO_8859_1);
    return frame.replace("%s", text).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Names of 255, 256 and 4,096 bytes, paths of 4,096 segments, and as long as a path may be. */
  private static Stream<String> tooLong() {
    return Stream.of(
        "n".repeat(255),
        "n".repeat(256) + ".jpg",
        "n".repeat(4_096),
        "ñ".repeat(2_048) + ".jpg",
        "🏖".repeat(1_024),
        "%".repeat(4_096),
        "\n".repeat(4_096),
        "n".repeat(224) + "..",
        "n".repeat(222) + "../x",
        "n".repeat(224) + "%_",
        "a/".repeat(4_095) + "x",
        "../".repeat(4_096) + "x",
        "a/".repeat(1_400) + "x",
        "a//".repeat(4_096),
        "x".repeat(FilePath.MAX_BYTES),
        "/".repeat(FilePath.MAX_BYTES),
        "ñ/".repeat(10_922) + "x");
  }

  private static byte[] pieces(Random random, List<byte[]> listed) {
    ByteArrayOutputStream path = new ByteArrayOutputStream();
    for (int i = random.nextInt(5); i >= 0; i--) {
      path.writeBytes(listed.get(random.nextInt(listed.size())));
      if (random.nextBoolean()) {
        path.write('/');
      }
    }
    return path.toByteArray();
  }
}
