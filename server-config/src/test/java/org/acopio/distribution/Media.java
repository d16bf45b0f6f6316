package org.acopio.distribution;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Makes files that are media by their first bytes, with content that no two of them share. */
final class Media {
  private static final byte[] JPEG = {
    (byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0
  };

  private final Random random;

  Media(long seed) {
    random = new Random(seed);
  }

  /** A JPEG of {@code size} bytes, or its first {@code size} bytes when it has less than a head. */
  Path jpeg(Path file, int size) throws IOException {
    Files.createDirectories(file.getParent());
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(JPEG, 0, Math.min(size, JPEG.length));
      byte[] chunk = new byte[1 << 16];
      for (int left = size - JPEG.length; left > 0; left -= chunk.length) {
        random.nextBytes(chunk);
        out.write(chunk, 0, Math.min(left, chunk.length));
      }
    }
    return file;
  }

  /** Many small pictures in some folders, and one large one. */
  Path library(Path folder, int small, int large) throws IOException {
    for (int i = 0; i < small; i++) {
      jpeg(
          folder.resolve("álbum " + i % 7).resolve("foto " + i + ".jpg"),
          20_000 + random.nextInt(60_000));
    }
    jpeg(folder.resolve("panorama.jpg"), large);
    return folder;
  }
}
