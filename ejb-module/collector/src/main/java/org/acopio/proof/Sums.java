package org.acopio.proof;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.acopio.catalog.Catalog;
import org.acopio.remote.Receipt;
import org.acopio.remote.StoredFile;

/**
 * Writes {@code SHA256SUMS} as {@code sha256sum} of the GNU coreutils does and checks: digest, two
 * spaces, name; a backslash at the beginning of lines whose name has a backslash or a line's end,
 * which are escaped. All versions are there. A stream, as {@link Certificates} are, and fails as
 * they do. Thread-safe.
 */
public final class Sums {
  private static final int PAGE = 1_000;

  private final Catalog catalog;

  public Sums(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * The files of an agent, with names relative to the store's folder: an agent may have come from
   * several addresses.
   */
  public void ofAgent(long agent, OutputStream out) throws IOException {
    write(agent, Optional.empty(), out);
  }

  /**
   * The files that came from an address, with names relative to its folder in the store.
   *
   * @param agents numbers of those that came from it
   */
  public void ofClient(long client, List<Long> agents, OutputStream out) throws IOException {
    for (long agent : agents) {
      write(agent, Optional.of(client), out);
    }
  }

  private void write(long agent, Optional<Long> client, OutputStream out) throws IOException {
    long after = 0;
    List<StoredFile> page;
    do {
      page =
          client.isPresent()
              ? catalog.claims().list(agent, client.get(), after, PAGE)
              : catalog.list(agent, after, PAGE);
      StringBuilder lines = new StringBuilder(page.size() * 128);
      for (StoredFile file : page) {
        Receipt receipt = file.receipt();
        String name = receipt.storedAs();
        line(lines, receipt, client.isPresent() ? name.substring(name.indexOf('/') + 1) : name);
        after = receipt.file();
      }
      out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
    } while (page.size() == PAGE);
    out.flush();
  }

  private static void line(StringBuilder lines, Receipt receipt, String name) {
    String escaped = escaped(name);
    if (!escaped.equals(name)) {
      lines.append('\\');
    }
    lines.append(receipt.digest()).append("  ").append(escaped).append('\n');
  }

  static String escaped(String name) {
    return name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }
}
