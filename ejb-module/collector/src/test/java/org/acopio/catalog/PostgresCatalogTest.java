package org.acopio.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract on PostgreSQL, and what several nodes on one database need. */
class PostgresCatalogTest extends IdentityContract {
  @RegisterExtension static final PostgresServer.Shared SERVER = new PostgresServer.Shared();

  @Override
  CatalogSettings freshDatabase() throws Exception {
    return SERVER.freshDatabase();
  }

  @Test
  void twoNodesShareOneCatalog() throws Exception {
    int rounds = 15;
    try (Catalog node = Catalog.open(settings)) {
      List<Catalog> nodes = List.of(catalog, node);
      Set<Integer> versions = new HashSet<>();
      for (List<Integer> some : inParallel(4, t -> commitRounds(nodes.get(t % 2), t, rounds))) {
        versions.addAll(some);
      }
      assertEquals(
          IntStream.rangeClosed(1, 4 * rounds).boxed().collect(Collectors.toSet()), versions);
      assertEquals(node.totals(), catalog.totals());
    }
  }

  @Test
  void twoNodesMayStartAtOnceOnAnEmptyDatabase() throws Exception {
    CatalogSettings empty = freshDatabase();
    List<Catalog> nodes = inParallel(2, t -> Catalog.open(empty));
    for (Catalog node : nodes) {
      assertEquals(new Totals(0, 0), node.totals());
      node.close();
    }
  }
}
