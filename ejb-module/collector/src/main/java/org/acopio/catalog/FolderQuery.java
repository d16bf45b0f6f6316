package org.acopio.catalog;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which folder is to be read: of an agent, with the paths of its PC; or of an address, with the
 * names in the store, where the agents behind it share a folder.
 *
 * @param agents numbers of those whose files are looked at
 * @param client number of the address, when it is one's folder; then only what came from it is
 *     there
 * @param folder bytes of the path of the folder, without a slash at the end; empty is the root
 * @param after the last of the page before, or nothing for the first page
 * @param limit the most folders and files together to return, 1 to {@value #MAX_LIMIT}
 */
public record FolderQuery(
    List<Long> agents,
    Optional<Long> client,
    byte[] folder,
    Optional<FolderPage.Place> after,
    int limit) {
  public static final int MAX_LIMIT = 10_000;

  public FolderQuery {
    agents = List.copyOf(agents);
    Objects.requireNonNull(client, "client");
    Objects.requireNonNull(after, "after");
    folder = folder.clone();
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException(
          "a page of a folder has 1 to " + MAX_LIMIT + " entries, not " + limit);
    }
  }

  @Override
  public byte[] folder() {
    return folder.clone();
  }
}
