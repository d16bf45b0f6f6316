package org.acopio.distribution;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.rmi.registry.LocateRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.acopio.remote.Batch;
import org.acopio.remote.Block;
import org.acopio.remote.BlockReply;
import org.acopio.remote.Completion;
import org.acopio.remote.FileCollector;
import org.acopio.remote.FileDigest;
import org.acopio.remote.FileOffer;
import org.acopio.remote.FilePath;
import org.acopio.remote.Hello;
import org.acopio.remote.Parity;
import org.acopio.remote.ParityService;
import org.acopio.remote.Parts;
import org.acopio.remote.Receipt;
import org.acopio.remote.Sha256;
import org.acopio.remote.Verdict;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The very archives of the build on a Payara Micro as Payara ships it, without Acopio's launcher:
 * the resource adapter by a boot command, then the web application. {@code arquillian.xml} tells
 * how.
 */
@ExtendWith(ArquillianExtension.class)
class PayaraMicroIT {
  @ArquillianResource URL url;

  @Deployment(testable = false)
  static WebArchive product() {
    return ShrinkWrap.create(ZipImporter.class, "ROOT.war")
        .importFrom(new File("target/arquillian/acopio.war"))
        .as(WebArchive.class);
  }

  @Test
  void theStartPageAnswers() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/").normalize()).build();
    HttpResponse<String> answer =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()
            .send(request, BodyHandlers.ofString());
    assertEquals(200, answer.statusCode());
    assertTrue(answer.body().contains("name=\"password\""), answer::body);
  }

  @Test
  void aFileIsCollectedOverRmi() throws Exception {
    int port = Integer.getInteger("acopio.it.rmi.port");
    FileCollector collector =
        (FileCollector) LocateRegistry.getRegistry("127.0.0.1", port).lookup(FileCollector.NAME);
    String name = UUID.randomUUID() + ".jpg";
    byte[] picture = "\u00ff\u00d8\u00ff\u00e0 a picture in four parts".getBytes(ISO_8859_1);
    FileOffer offer =
        new FileOffer(
            FilePath.of("/home/ana/" + name),
            picture.length,
            Instant.parse("2024-05-01T10:00:00Z"),
            "image/jpeg",
            Optional.empty());
    String ticket =
        collector.open(new Hello(FileCollector.PROTOCOL, new byte[32], "test", "pc")).id();
    Verdict verdict = collector.offer(ticket, Batch.ofOffers(List.of(offer))).items().get(0);
    long upload = assertInstanceOf(Verdict.Send.class, verdict).upload();
    int[] checksums = new int[Parts.COUNT];
    for (int part = 0; part < Parts.COUNT; part++) {
      int start = (int) Parts.start(part, picture.length);
      int length = (int) Parts.length(part, picture.length);
      Block block = Block.of(upload, part, 0, ByteBuffer.wrap(picture, start, length));
      checksums[part] = block.crc32c();
      assertEquals(
          List.of(BlockReply.ACCEPTED),
          collector.write(ticket, Batch.ofBlocks(List.of(block))).items());
    }
    Sha256 digest = Sha256.of(Sha256.start().digest(picture));
    Completion completion =
        collector
            .finish(ticket, Batch.ofDigests(List.of(new FileDigest(upload, digest, checksums))))
            .items()
            .get(0);
    Receipt receipt = assertInstanceOf(Completion.Stored.class, completion).receipt();
    assertEquals(digest, receipt.digest());
    assertEquals("127.0.0.1/home/ana/" + name, receipt.storedAs());
    assertArrayEquals(picture, collector.read(ticket, receipt.file(), 0, 1_000));
    assertEquals(1, collector.close(ticket).stored());
  }

  @Test
  void parityAnswersOverRmi() throws Exception {
    int port = Integer.getInteger("acopio.it.rmi.port");
    ParityService parity =
        (ParityService) LocateRegistry.getRegistry("127.0.0.1", port).lookup(ParityService.NAME);
    assertEquals(Parity.ODD, parity.parityOf("-12345678901234567890123"));
    assertTrue(parity.isEven(0));
  }
}
