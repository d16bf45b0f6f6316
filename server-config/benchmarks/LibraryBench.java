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

/** Fills a catalog with files that are not there: 50 PCs, their photos, documents and music. */
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

  public static void main(String[] words) {
    int count = Integer.parseInt(words[3]);
    Random dice = new Random(100_000);
    Instant now = Instant.now();
    try (Catalog catalog = Catalog.open(new CatalogSettings(words[0], words[1], words[2], 4))) {
      for (int first = 0; first < count; first += WAVE) {
        int pc = first / WAVE % 50;
        long agent = catalog.agent(digest("pc" + pc), "pc-" + pc, "1.0", now);
        long client = catalog.client("192.0.2." + pc, now);
        long collection = catalog.opened(agent, client, now);
        List<NewFile> files = new ArrayList<>();
        for (int i = first; i < Math.min(count, first + WAVE); i++) {
          files.add(file(i, agent, client, collection, dice, now.plusSeconds(i)));
        }
        catalog.commit(files);
      }
    }
  }

  private static NewFile file(
      int i, long agent, long client, long collection, Random dice, Instant stored) {
    String[] kind = KINDS[dice.nextInt(KINDS.length)];
    String path =
        "home/%s %d/Imágenes/%s %d/%s/%s%05d %s%s"
            .formatted(
                word(dice), dice.nextInt(20), word(dice), dice.nextInt(300), word(dice), kind[1],
                dice.nextInt(100_000), word(dice), kind[2]);
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
