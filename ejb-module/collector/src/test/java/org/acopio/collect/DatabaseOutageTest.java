package org.acopio.collect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;
import org.acopio.catalog.CatalogSettings;
import org.acopio.catalog.PostgresServer;
import org.acopio.check.Check;
import org.acopio.check.CheckOptions;
import org.acopio.check.CheckProgress;
import org.acopio.remote.CollectorException;
import org.acopio.remote.Completion;
import org.acopio.remote.Receipt;
import org.acopio.remote.Refused;
import org.acopio.remote.Verdict;
import org.acopio.storage.DiskStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database goes away while an agent collects, and comes back. */
class DatabaseOutageTest {
  @TempDir Path folder;

  @Test
  void nothingIsLostAndNobodyHasToHelp() throws Exception {
    PostgresServer first = PostgresServer.start(folder.resolve("database"), 0);
    CatalogSettings settings = first.freshDatabase();
    try (Server server = new Server(folder, Server.LIMITS, UnaryOperator.identity(), settings)) {
      Agent agent = Agent.fresh(new Direct(server.collector, "192.0.2.17"));
      Photo before = Photo.of(6_000, 1);
      Photo during = Photo.of(7_000, 2);
      Receipt stored = agent.store(before, "/before.jpg");
      Verdict.Send send = agent.begin(during.at("/during.jpg"));
      agent.send(during, send.upload(), 0, 1_750);
      first.close();

      // Bytes need no catalog; a receipt does.
      agent.send(during, send.upload(), 1_750, during.size());
      assertNoReceipt(agent, during, send.upload());
      assertEquals(
          CollectorException.Code.UNAVAILABLE,
          assertThrows(CollectorException.class, () -> agent.offer(before.at("/x.jpg"))).code());
      assertEquals(List.of(stored.storedAs()), server.files(), "no name without its row");

      try (PostgresServer second = PostgresServer.start(folder.resolve("database"), first.port())) {
        assertEquals(first.port(), second.port());
        Verdict.Send resumed = agent.begin(during.at("/during.jpg"));
        assertEquals(send.upload(), resumed.upload());
        assertEquals(List.of(), resumed.missing(), "what was acknowledged is there");
        Receipt receipt = Agent.stored(agent.finish(during.claim(send.upload())).get(0));
        assertArrayEquals(during.bytes(), agent.read(receipt));
        assertArrayEquals(before.bytes(), agent.read(stored));
        assertEquals(
            List.of(),
            new Check(server.catalog, (DiskStorage) server.storage, Clock.systemUTC())
                .run(CheckOptions.asked(true, false), bytes -> {}, new CheckProgress(), false)
                .findings());
      }
    }
  }

  private static void assertNoReceipt(Agent agent, Photo photo, long upload) throws Exception {
    try {
      Completion answer = agent.finish(photo.claim(upload)).get(0);
      assertEquals(Refused.Reason.STORE_FAILED, assertInstanceOf(Refused.class, answer).reason());
    } catch (CollectorException e) {
      assertEquals(CollectorException.Code.UNAVAILABLE, e.code());
    }
  }
}
