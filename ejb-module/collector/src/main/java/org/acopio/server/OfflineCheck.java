package org.acopio.server;

import java.io.InterruptedIOException;
import java.time.Clock;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.CatalogException;
import org.acopio.catalog.CatalogSettings;
import org.acopio.check.Check;
import org.acopio.check.CheckOptions;
import org.acopio.check.CheckProgress;
import org.acopio.config.ConfigurationException;
import org.acopio.config.ProcessConfig;
import org.acopio.config.Settings;
import org.acopio.storage.DiskStorage;
import org.acopio.storage.StorageException;

/**
 * Compares catalog and store without a server: opens both itself, which no other process can while
 * it has them open. The launcher calls it by name, so that it needs no container.
 */
public final class OfflineCheck {
  private OfflineCheck() {}

  /**
   * Does a whole check.
   *
   * @param progress hears now and then how far it is, as JSON
   * @return what it came to, as JSON
   * @throws IllegalStateException when it cannot be done, with what to do about it
   */
  public static String run(
      Properties system,
      Map<String, String> environment,
      boolean readData,
      boolean repair,
      Consumer<String> progress) {
    try {
      Settings settings = Settings.read(new ProcessConfig(system, environment));
      if (!DiskStorage.isThere(settings.storage().folder())) {
        throw new IllegalStateException(
            "There is no store in "
                + settings.storage().folder()
                + "; name the data folder of the server with --data DIR");
      }
      try (DiskStorage store = new DiskStorage(settings.storage());
          Catalog catalog = Catalog.open(existing(settings.catalog()))) {
        return check(store, catalog, CheckOptions.asked(readData, repair), progress);
      }
    } catch (CatalogException
        | StorageException
        | ConfigurationException
        | InterruptedIOException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private static String check(
      DiskStorage store, Catalog catalog, CheckOptions options, Consumer<String> progress)
      throws InterruptedIOException {
    CheckProgress figures = new CheckProgress();
    Ticker ticker = new Ticker(figures, progress);
    return CheckJson.report(
            new Check(catalog, store, Clock.systemUTC())
                .run(options, bytes -> ticker.tick(), figures, true))
        .build()
        .toString();
  }

  /** A catalog that is not there is not made: every file would be one too many. */
  private static CatalogSettings existing(CatalogSettings settings) {
    return settings.url().startsWith("jdbc:h2:")
        ? new CatalogSettings(
            settings.url() + ";IFEXISTS=TRUE",
            settings.user(),
            settings.password(),
            settings.connections())
        : settings;
  }

  /** Tells how far it is, ten times a second at most. */
  private static final class Ticker {
    private static final long NANOS = 100_000_000L;

    private final CheckProgress figures;
    private final Consumer<String> progress;
    private volatile long last = System.nanoTime();

    Ticker(CheckProgress figures, Consumer<String> progress) {
      this.figures = figures;
      this.progress = progress;
    }

    void tick() {
      if (System.nanoTime() - last > NANOS) {
        tell();
      }
    }

    private synchronized void tell() {
      if (System.nanoTime() - last > NANOS) {
        progress.accept(CheckJson.progress(figures).build().toString());
        last = System.nanoTime();
      }
    }
  }
}
