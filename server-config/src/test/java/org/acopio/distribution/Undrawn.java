package org.acopio.distribution;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Media of which the server draws no picture. */
final class Undrawn {
  /** In each of their names. */
  static final String WORD = "nublado";

  static final String HEIC = "nublado de un teléfono.heic";
  static final String AVIF = "nublado de dos por dos.avif";
  static final String FILM = "nublado y cortado.mp4";
  static final String DAMAGED = "nublado y roto.jpg";
  static final List<String> ALL = List.of(HEIC, AVIF, FILM, DAMAGED);

  /** Two by two pixels. */
  private static final String TWO_BY_TWO =
      "AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADybWV0YQAAAAAAAAAoaGRscgAAAAAAAAAAcGljdAAAAAAA"
          + "AAAAAAAAAGxpYmF2aWYAAAAADnBpdG0AAAAAAAEAAAAeaWxvYwAAAABEAAABAAEAAAABAAABGgAAAB0AAAAoaWlu"
          + "ZgAAAAAAAQAAABppbmZlAgAAAAABAABhdjAxQ29sb3IAAAAAamlwcnAAAABLaXBjbwAAABRpc3BlAAAAAAAAAAIA"
          + "AAACAAAAEHBpeGkAAAAAAwgICAAAAAxhdjFDgQ0MAAAAABNjb2xybmNseAACAAIAAYAAAAAXaXBtYQAAAAAAAAAB"
          + "AAEEAQKDBAAAACVtZGF0EgAKCBgANogQEAwgMg8f8D///8WfhwB8+ErK42A=";

  private Undrawn() {}

  /** Makes them in a folder. */
  static void make(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve(HEIC), boxed("heic"));
    Files.write(folder.resolve(AVIF), Base64.getDecoder().decode(TWO_BY_TWO));
    Files.write(folder.resolve(FILM), boxed("isom"));
    new Media(67).jpeg(folder.resolve(DAMAGED), 4_000);
  }

  /** A file of this brand (ISO 14496-12) whose data is noise. */
  private static byte[] boxed(String brand) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(new byte[] {0, 0, 0, 20});
    file.write(("ftyp" + brand + "\0\0\0\0" + brand).getBytes(StandardCharsets.US_ASCII));
    file.write(new byte[] {0, 0, 0x10, 0});
    file.write("mdat".getBytes(StandardCharsets.US_ASCII));
    byte[] noise = new byte[0x1000 - 8];
    new Random(brand.hashCode()).nextBytes(noise);
    file.write(noise);
    return file.toByteArray();
  }
}
