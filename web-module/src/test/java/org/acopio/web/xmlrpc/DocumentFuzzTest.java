package org.acopio.web.xmlrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;

/** Whatever document comes: an answer or a fault, always well-formed. */
class DocumentFuzzTest {
  private static final List<Optional<Charset>> CHARSETS =
      List.of(
          Optional.empty(),
          Optional.of(UTF_8),
          Optional.of(StandardCharsets.UTF_16),
          Optional.of(StandardCharsets.ISO_8859_1));

  @FuzzTest
  void everyDocumentHasAWellFormedAnswer(byte[] bytes) {
    for (Optional<Charset> charset : CHARSETS) {
      Served server = new Served();
      String answer = server.post(bytes, charset);
      assertTrue(answer.contains("<methodResponse>"), answer);
      assertTrue(answer.length() < 10_000 + 20 * bytes.length, "bounded by the question");
      assertDoesNotThrow(
          () ->
              DocumentBuilderFactory.newInstance()
                  .newDocumentBuilder()
                  .parse(new java.io.ByteArrayInputStream(answer.getBytes(UTF_8))),
          answer);
    }
  }

  @FuzzTest
  void typeOfABodyIsReadOrRefused(byte[] bytes) {
    String header = new String(bytes, StandardCharsets.ISO_8859_1);
    Media.isXml(header);
    Media.takesGzip(header);
    try {
      assertTrue(Media.charset(header).isEmpty() || header.toLowerCase().contains("charset"));
    } catch (Fault e) {
      assertTrue(e.getMessage() == null || e.getMessage().length() < 300);
    }
  }
}
