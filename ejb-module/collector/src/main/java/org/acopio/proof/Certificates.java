package org.acopio.proof;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import org.acopio.catalog.Catalog;
import org.acopio.remote.ServerInfo;
import org.acopio.storage.Storage;

/**
 * Writes certificates: what an agent said it has, against what the store proves. They are streams,
 * so that they take no more memory for 100,000 files than for one. Thread-safe. Fails as the
 * catalog does, with {@link org.acopio.catalog.CatalogException}; the document is cut off then.
 *
 * <p>Format: docs/protocols.md, Certificates.
 */
public final class Certificates {
  private final Catalog catalog;
  private final Storage storage;
  private final Clock clock;

  public Certificates(Catalog catalog, Storage storage, Clock clock) {
    this.catalog = catalog;
    this.storage = storage;
    this.clock = clock;
  }

  /**
   * Writes a certificate as JSON. The stream stays open.
   *
   * @param server who writes it
   * @param verify whether the stored bytes are read again; otherwise the certificate rests on the
   *     receipts, and says so
   * @throws IOException when the stream takes no more, or this thread is interrupted
   */
  public Outcome write(Subject subject, ServerInfo server, boolean verify, OutputStream out)
      throws IOException {
    return new Certificate(catalog, new Rehash(storage), clock, subject, verify).write(server, out);
  }
}
