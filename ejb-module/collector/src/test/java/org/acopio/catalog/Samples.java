package org.acopio.catalog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.acopio.remote.FilePath;
import org.acopio.remote.Sha256;

/** An agent with a collection, and files for it. Safe for use by many threads. */
final class Samples {
  static final Instant NOW = Instant.parse("2026-03-01T10:20:30.123456789Z");

  final long agent;
  final long client;
  final long collection;
  private final AtomicLong uploads = new AtomicLong(1_000_000_000_000L);

  Samples(Catalog catalog) {
    this(catalog, "agent", "127.0.0.1");
  }

  /** An agent of this name at this address. */
  Samples(Catalog catalog, String name, String address) {
    agent = catalog.agent(digest(name), "pc-1", "1.0", NOW);
    client = catalog.client(address, NOW);
    collection = catalog.opened(agent, client, NOW);
  }

  /** The next file's upload. */
  void uploadsFrom(long first) {
    uploads.set(first);
  }

  static Sha256 digest(String text) {
    var digest = Sha256.start();
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    return Sha256.finish(digest);
  }

  NewFile file(String path, String content) {
    return file(agent, path, content);
  }

  NewFile file(long from, String path, String content) {
    return file(from, FilePath.of(path), content);
  }

  NewFile file(long from, FilePath path, String content) {
    return file(from, path, content, Instant.parse("2019-07-08T09:10:11.000000001Z"), NOW);
  }

  /** A file that was changed and stored at {@code instant}. */
  NewFile fileOf(Instant instant) {
    return file(agent, FilePath.of("dated"), "content", instant, instant);
  }

  private NewFile file(
      long from, FilePath path, String content, Instant modified, Instant storedAt) {
    long upload = uploads.getAndIncrement();
    return new NewFile(
        upload,
        from,
        client,
        collection,
        path,
        content.length(),
        modified,
        "image/jpeg",
        digest(content),
        "127.0.0.1/stored-" + upload,
        storedAt);
  }
}
