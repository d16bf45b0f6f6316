package org.acopio.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.acopio.media.MediaDetector;
import org.acopio.media.Samples;
import org.acopio.media.Samples.Sample;
import org.acopio.remote.Completion;
import org.acopio.remote.Refused;
import org.acopio.remote.StoredFile;
import org.acopio.storage.Storage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the server takes files for. The agent's tests ask the same of the agent, so what an agent
 * collects the server accepts.
 */
class CollectedTypesTest {
  private static final String FOLDER = "/home/rosa/";

  private Server server;
  private Collector collector;
  private Agent agent;

  /** How much was read back from the disk, each time it was. */
  private final List<Integer> peeked = new ArrayList<>();

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    server = new Server(folder, Server.LIMITS);
    collector =
        new Collector(
            Server.LIMITS, watched(server.storage), server.catalog, Clock.systemUTC(), "1");
    agent = Agent.fresh(new Direct(collector, "192.0.2.7"));
  }

  @AfterEach
  void stop() {
    collector.close();
    server.close();
  }

  private Storage watched(Storage storage) {
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, given) -> {
              if (method.getName().equals("peek")) {
                peeked.add((Integer) given[1]);
              }
              try {
                return method.invoke(storage, given);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** True when the file was stored, false when it was refused as no media. */
  private boolean collect(String name, byte[] content) throws Exception {
    Photo file = new Photo(content);
    Completion completion = agent.finish(file.claim(agent.sent(file, FOLDER + name))).get(0);
    if (completion instanceof Completion.Stored) {
      return true;
    }
    assertEquals(
        Refused.Reason.NOT_MEDIA, assertInstanceOf(Refused.class, completion).reason(), name);
    return false;
  }

  private Map<String, String> listed() throws Exception {
    Map<String, String> types = new LinkedHashMap<>();
    long after = 0;
    while (true) {
      List<StoredFile> some = agent.server.list(agent.ticket.id(), after, 8).items();
      if (some.isEmpty()) {
        return types;
      }
      for (StoredFile file : some) {
        types.put(file.path().toString().substring(FOLDER.length()), file.mediaType());
        after = file.receipt().file();
      }
    }
  }

  @Test
  void typesOfAllSamplesAreThoseOfTheCommonCorpus() throws Exception {
    Map<String, String> expected = new LinkedHashMap<>();
    for (Sample sample : Samples.corpus()) {
      sample.type().ifPresent(type -> expected.put(sample.name(), type));
      assertEquals(
          sample.type().isPresent(), collect(sample.name(), sample.content()), sample.name());
    }
    assertEquals(expected, listed());
  }

  @Test
  void commonFormatsAreToldFromWhatPassedInOrder() throws Exception {
    int files = 0;
    for (List<byte[]> contents : Samples.common().values()) {
      for (byte[] content : contents) {
        assertTrue(collect(files++ + ".bin", Samples.withNoise(content, 14_000)));
      }
    }
    assertEquals(List.of(), peeked);
  }

  @Test
  void onlyWhatTheFirstBytesDoNotDecideIsReadBack() throws Exception {
    assertTrue(collect("drawing", Samples.LATE_SVG));
    assertEquals(List.of(MediaDetector.MOST_BYTES), peeked);
  }

  @Test
  void shortFilesAreNeverReadBack() throws Exception {
    assertTrue(collect("drawing", Samples.SVG));
    assertFalse(collect("note.jpg", "Dear reader".getBytes(StandardCharsets.UTF_8)));
    assertTrue(collect("nothing.jpg", new byte[0]));
    assertEquals(List.of(), peeked);
  }
}
