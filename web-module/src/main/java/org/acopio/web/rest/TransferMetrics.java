package org.acopio.web.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.acopio.collect.Incident;
import org.acopio.collect.Progress;
import org.acopio.server.Acopio;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Publishes the figures of collecting under {@code /metrics}. Gauges, since they are kept where no
 * metrics are known; what counts since the start never falls while a server runs.
 */
@ApplicationScoped
public class TransferMetrics {
  @EJB private Acopio acopio;
  @Inject private MetricRegistry registry;

  void publish(@Observes @Initialized(ApplicationScoped.class) Object start) {
    collections();
    files();
    incidents();
    bytes();
    disk();
    checks();
  }

  private void collections() {
    gauge("collections_open", "Collections that are open now.", "", Progress::openCollections);
    gauge("collections", "Collections since the start.", "", p -> p.counts().collections());
    gauge(
        "files_open",
        "Files that were begun and have no receipt.",
        "",
        progress -> progress.condition().unfinished());
  }

  private void files() {
    String words = "Files since the start, by what became of them.";
    gauge("files", words, "stored", progress -> progress.counts().stored());
    gauge("files", words, "had", progress -> progress.counts().had());
    gauge("files", words, "refused", progress -> progress.counts().refused());
    gauge("files", words, "changed", progress -> progress.counts().changed());
    gauge(
        "blocks_corrupt",
        "Blocks with a wrong checksum since the start.",
        "",
        progress -> progress.counts().corruptBlocks());
  }

  /** Each code is there from the start, so that its first incident is seen as an increase. */
  private void incidents() {
    for (Incident.Code code : Incident.Code.values()) {
      publish(
          "incidents",
          "What did not go as it should since the start, by its code; files that were refused too.",
          progress -> progress.incidentCounts().getOrDefault(code, 0L),
          new Tag("code", code.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    }
  }

  private void bytes() {
    String words = "Bytes since the start: received in blocks, and stored as files.";
    gauge("bytes", words, "received", progress -> progress.counts().receivedBytes());
    gauge("bytes", words, "stored", progress -> progress.counts().storedBytes());
  }

  private void disk() {
    String words = "Bytes of the store's disk: capacity, free, and reserve that stays free.";
    gauge("store_bytes", words, "capacity", progress -> progress.condition().capacity());
    gauge("store_bytes", words, "free", progress -> progress.condition().free());
    gauge("store_bytes", words, "reserve", progress -> progress.condition().reserve());
  }

  private void checks() {
    gauge(
        "files_damaged",
        "Stored files whose bytes are not intact, as checks found.",
        "",
        progress -> progress.condition().damaged());
    gauge(
        "store_findings",
        "What the last check in the background found beside damaged files.",
        "",
        progress -> progress.condition().scrub().others());
    gauge(
        "scrub_ended_seconds",
        "When all stored bytes had been read again, in seconds since 1970; 0 is never.",
        "",
        progress -> progress.condition().scrub().endedAt().map(Instant::getEpochSecond).orElse(0L));
  }

  private void gauge(String name, String words, String kind, ToDoubleFunction<Progress> figure) {
    Tag[] tags = kind.isEmpty() ? new Tag[0] : new Tag[] {new Tag("kind", kind)};
    publish(name, words, figure, tags);
  }

  private void publish(String name, String words, ToDoubleFunction<Progress> figure, Tag... tags) {
    Metadata metadata =
        Metadata.builder()
            .withName("acopio_transfer_" + name)
            .withDescription(words)
            .withUnit(MetricUnits.NONE)
            .build();
    registry.gauge(metadata, acopio.collector().progress(), p -> figure.applyAsDouble(p), tags);
  }
}
