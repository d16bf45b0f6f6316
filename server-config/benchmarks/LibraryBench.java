import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.CatalogSettings;
import org.acopio.catalog.NewFile;
import org.acopio.remote.FilePath;
import org.acopio.remote.Sha256;

/**
 * Fills a catalog with files that are not there: 50 PCs, their photos, documents and music. With a
 * fifth word, that many PCs: all those files are on the first one, every second in one folder,
 * and 200 more on each of the others.
 */
final class LibraryBench {
  private static final String[] WORDS = {
    "vacaciones", "playa", "cumpleaños", "ana", "invierno", "montaña", "factura", "música",
    "concierto", "boda", "trabajo", "escáner"
  };
  private static final String[][] KINDS = {
    {"image/jpeg", "IMG_", ".jpg"}, {"image/jpeg", "DSC", ".jpg"}, {"application/pdf", "doc ", ".pdf"},
    {"audio/mpeg", "pista ", ".mp3"}, {"video/mp4", "VID_", ".mp4"}
  };
  private static final int WAVE = 1_000;
  private static final int OTHERS = 200;

  public static void main(String[] words) {
    int count = Integer.parseInt(words[3]);
    int pcs = words.length > 4 ? Integer.parseInt(words[4]) : 0;
    Random dice = new Random(100_000);
    Instant now = Instant.now();
    try (Catalog catalog = Catalog.open(new CatalogSettings(words[0], words[1], words[2], 4))) {
      for (int first = 0; first < count; first += WAVE) {
        int pc = pcs > 0 ? 0 : first / WAVE % 50;
        fill(catalog, pc, first, Math.min(count, first + WAVE), pcs > 0, dice, now);
      }
      for (int pc = 1; pc < pcs; pc++) {
        int first = count + pc * OTHERS;
        fill(catalog, pc, first, first + OTHERS, false, dice, now);
      }
    }
  }

  private static void fill(
      Catalog catalog, int pc, int first, int end, boolean flat, Random dice, Instant now) {
    String address = "192.0." + (2 + pc / 250) + "." + pc % 250;
    long agent = catalog.agent(digest("pc" + pc), "pc-" + pc, "1.0", now);
    long client = catalog.client(address, now);
    long collection = catalog.opened(agent, client, now);
    List<NewFile> files = new ArrayList<>();
    for (int i = first; i < end; i++) {
      String folder = flat && i % 2 == 0 ? "home/ana/DCIM" : folder(dice);
      files.add(file(i, agent, client, collection, folder, dice, now.plusSeconds(i)));
    }
    catalog.commit(files);
  }

  private static String folder(Random dice) {
    return "home/%s %d/Imágenes/%s %d/%s"
        .formatted(word(dice), dice.nextInt(20), word(dice), dice.nextInt(300), word(dice));
  }

  private static NewFile file(
      int i,
      long agent,
      long client,
      long collection,
      String folder,
      Random dice,
      Instant stored) {
    String[] kind = KINDS[dice.nextInt(KINDS.length)];
    String path =
        "%s/%s%05d %s%s".formatted(folder, kind[1], dice.nextInt(100_000), word(dice), kind[2]);
    return new NewFile(
        1L << 40 | i,
        agent,
        client,
        collection,
        FilePath.of(path),
        dice.nextInt(8_000_000),
        Instant.ofEpochSecond(1_500_000_000L + dice.nextInt(260_000_000)),
        kind[0],
        digest("content" + dice.nextInt(120_000)),
        "192.0.2.1/" + path,
        stored);
  }

  private static String word(Random dice) {
    return WORDS[dice.nextInt(WORDS.length)];
  }

  private static Sha256 digest(String text) {
    var digest = Sha256.start();
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    return Sha256.finish(digest);
  }
}
