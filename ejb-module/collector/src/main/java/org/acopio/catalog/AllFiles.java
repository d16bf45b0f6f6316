package org.acopio.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The files of all agents, as the catalog knows them. Like {@link Catalog}: safe for use by many
 * threads, every method is one transaction, throws {@link CatalogException}, and what it says of a
 * file survives a power cut.
 */
public final class AllFiles {
  private final Transactions transactions;
  private final Durability durability;

  AllFiles(Transactions transactions, Durability durability) {
    this.transactions = transactions;
    this.durability = durability;
  }

  /**
   * What a search needs to know of the files of all agents, ascending by number. Files of commits
   * that ran side by side appear out of order: one with a lower number may come later.
   *
   * @param after only files with greater numbers
   * @param limit the most files to return, 1 to {@value FileRows#MOST}
   */
  public List<FileFacts> after(long after, int limit) {
    requirePage(limit);
    return ask("read files", rows -> rows.after(after, limit));
  }

  /** The same of the files with these numbers, as far as they are there; ascending by number. */
  public List<FileFacts> among(Collection<Long> numbers) {
    return numbers.isEmpty() ? List.of() : ask("read files", rows -> rows.among(numbers));
  }

  /** The numbers of the versions that these files followed; none for a first version. */
  public List<Long> predecessors(Collection<FileFacts> files) {
    return files.stream().allMatch(file -> file.version() == 1)
        ? List.of()
        : ask("look for versions", rows -> rows.predecessors(files));
  }

  /** The greatest number of a file, or 0 when there is none. */
  public long last() {
    return ask("look for the last file", FileRows::last);
  }

  /**
   * All about the files with these numbers, in this order; those that are not there are left out.
   */
  public List<FileDetails> details(List<Long> numbers) {
    return numbers.isEmpty() ? List.of() : ask("look for files", rows -> rows.details(numbers));
  }

  /**
   * All versions of a file, itself among them, newest first; empty when there is no such file.
   *
   * @param limit the most versions to return, 1 to {@value FileRows#MOST}
   */
  public List<FileDetails> versions(long number, int limit) {
    requirePage(limit);
    return ask("look for versions", rows -> rows.versions(number, limit));
  }

  /**
   * The other files, of any agent and path, that have the content of this one; newest first.
   *
   * @param limit the most files to return, 1 to {@value FileRows#MOST}
   */
  public List<FileDetails> sameContent(long number, int limit) {
    requirePage(limit);
    return ask("look for duplicates", rows -> rows.sameContent(number, limit));
  }

  /** The number of this address, when files came from it or a client has ever connected from it. */
  public Optional<Long> clientNumber(String address) {
    if (!DisplayText.isExact(address, ClientRow.MAX_ADDRESS)) {
      return Optional.empty();
    }
    return ask("look for an address", rows -> rows.client(address));
  }

  /** The addresses with these numbers. */
  public Map<Long, String> addresses(Collection<Long> clients) {
    return ask("look for addresses", rows -> rows.addresses(clients));
  }

  private <T> T ask(String purpose, Function<FileRows, T> question) {
    return durability.reading(
        () -> transactions.run(purpose, entities -> question.apply(new FileRows(entities))));
  }

  private static void requirePage(int limit) {
    if (limit < 1 || limit > FileRows.MOST) {
      throw new IllegalArgumentException(
          "a page has 1 to " + FileRows.MOST + " files, not " + limit);
    }
  }
}
