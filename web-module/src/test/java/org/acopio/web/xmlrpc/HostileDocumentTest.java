package org.acopio.web.xmlrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents made to cost: each is a fault, at little memory and time. */
@TestInstance(Lifecycle.PER_CLASS)
class HostileDocumentTest {
  private static final long MOST_ALLOCATED_BYTES = 8L << 20;

  /** The promise is 100 ms; the rest is for a machine that does other things meanwhile. */
  private static final Duration MOST_TIME = Duration.ofSeconds(1);

  private static final int MOST_BYTES = 1 << 20;
  private static final String BEGIN = "<methodCall><methodName>is_even</methodName><params>";

  private final Served server = new Served();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @BeforeAll
  void loadClasses() {
    assertEquals("<string>Par</string>", Served.result(server.call("is_even", "<int>2</int>")));
    server.call("is_even", "<array><data/></array>");
    server.post("<no");
  }

  static Stream<Arguments> documents() {
    String name = "n".repeat(900_000);
    return Stream.of(
        fault("DTD", -32_700, "<!DOCTYPE methodCall SYSTEM \"http://127.0.0.1:1/x.dtd\">" + BEGIN),
        fault("internal DTD", -32_700, "<!DOCTYPE methodCall [<!ELEMENT a ANY>]>" + BEGIN),
        fault("billion laughs", -32_700, laughs()),
        fault(
            "long DTD", -32_700, "<!DOCTYPE m [" + "<!ENTITY a 'b'>".repeat(60_000) + "]>" + BEGIN),
        fault("undeclared entity", -32_700, BEGIN + "<param><value>&xxe;</value></param>"),
        fault(
            "depth of arrays",
            -32_600,
            Served.document("is_even", "<array><data><value>".repeat(50_000))),
        fault(
            "depth of structs",
            -32_600,
            Served.document("is_even", "<struct><member><name>a</name><value>".repeat(20_000))),
        fault("depth of elements", -32_600, "<methodCall>" + "<a>".repeat(100_000)),
        fault("digits of int", -32_600, value("int", "9".repeat(1_000_000))),
        fault("digits of i8", -32_600, value("i8", "0".repeat(1_000_000))),
        fault("digits of biginteger", -32_600, value("ex:biginteger", "9".repeat(1_000_000))),
        fault("digits of double", -32_600, value("double", "9".repeat(1_000_000))),
        fault("digits of decimal", -32_600, value("ex:bigdecimal", "9".repeat(1_000_000))),
        fault("large exponent", -32_600, value("double", "1e999999999")),
        fault("letters of a date", -32_600, value("dateTime.iso8601", "1".repeat(1_000_000))),
        fault("no base64", -32_600, value("base64", "?".repeat(1_000_000))),
        fault("huge element name", -32_600, "<" + name + "/>"),
        fault("huge type name", -32_600, Served.document("is_even", "<" + name + "/>")),
        fault(
            "huge method name",
            -32_600,
            "<methodCall><methodName>" + name + "</methodName></methodCall>"),
        fault(
            "huge member name",
            -32_600,
            Served.document(
                "is_even", "<struct><member><name>" + name + "</name><value/></member></struct>")),
        fault("huge attribute", -32_700, "<methodCall a='" + name + "'/>"),
        fault("many attributes", -32_700, "<methodCall" + attributes(50_000) + "/>"),
        fault("huge comment", -32_700, "<!--" + name),
        fault("huge instruction", -32_700, "<?pi " + name),
        fault(
            "text in pieces",
            -32_602,
            Served.document("is_even", "<string>" + "a<!---->".repeat(100_000) + "</string>")),
        fault(
            "many character references",
            -32_602,
            Served.document("is_even", "<string>" + "&#65;".repeat(150_000) + "</string>")),
        fault("many values", -32_600, values(60_000)),
        fault(
            "many parameters",
            -32_602,
            BEGIN + "<param><value/></param>".repeat(45_000) + "</params></methodCall>"),
        fault("truncated", -32_700, BEGIN + "<param><value><int>1</int>"),
        fault("wrong nesting", -32_700, BEGIN + "<param><value></param></value>"),
        fault("serialized object", -32_600, value("ex:serializable", "rO0AB".repeat(10_000))),
        fault("serialized tree", -32_600, value("ex:dom", "<a/>".repeat(10_000))),
        fault("NUL", -32_700, "\u0000".repeat(100_000)),
        fault("no end of white space", -32_700, " ".repeat(1_000_000)),
        fault("many calls", -32_602, multicall(1_001)));
  }

  private static Arguments fault(String what, int code, String document) {
    return Arguments.of(what, code, document);
  }

  private static String value(String type, String text) {
    return Served.document("is_even", "<" + type + ">" + text + "</" + type + ">");
  }

  private static String values(int count) {
    return Served.document(
        "is_even", "<array><data>" + "<value/>".repeat(count) + "</data></array>");
  }

  private static String attributes(int count) {
    StringBuilder attributes = new StringBuilder();
    IntStream.range(0, count).forEach(i -> attributes.append(" a").append(i).append("=''"));
    return attributes.toString();
  }

  private static String laughs() {
    StringBuilder dtd = new StringBuilder("<!DOCTYPE methodCall [<!ENTITY l0 \"ha\">");
    for (int i = 1; i < 30; i++) {
      String before = "&l" + (i - 1) + ";";
      dtd.append("<!ENTITY l").append(i).append(" \"").append(before.repeat(10)).append("\">");
    }
    return dtd + "]>" + BEGIN + "<param><value>&l29;</value></param></params></methodCall>";
  }

  private static String multicall(int calls) {
    String call =
        "<value><struct><member><name>methodName</name><value>is_even</value></member>"
            + "<member><name>params</name><value><array><data/></array></value></member></struct>"
            + "</value>";
    return Served.document(
        "system.multicall", "<array><data>" + call.repeat(calls) + "</data></array>");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("documents")
  void aHostileDocumentIsAFaultWithinItsBounds(String what, int code, String document) {
    bounded(code, document.getBytes(UTF_8));
  }

  @Test
  void invalidUtf8IsAFaultWithinItsBounds() {
    byte[] bytes = value("string", "a".repeat(900_000)).getBytes(UTF_8);
    bytes[bytes.length / 2] = (byte) 0xff;
    bounded(-32_700, bytes);
    bounded(-32_700, new byte[] {(byte) 0xc0, (byte) 0x80});
  }

  /** The first time may load classes, so the second counts. */
  private void bounded(int code, byte[] document) {
    assertEquals(code, Served.faultCode(answer(document)));
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long begin = System.nanoTime();
    String answer = answer(document);
    long nanos = System.nanoTime() - begin;
    allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
    assertEquals(code, Served.faultCode(answer));
    assertTrue(allocated <= MOST_ALLOCATED_BYTES, "allocated " + allocated + " bytes");
    assertTrue(nanos <= MOST_TIME.toNanos(), "took " + nanos / 1_000_000 + " ms");
    assertTrue(answer.length() < 1_000, "the answer has " + answer.length() + " characters");
  }

  private String answer(byte[] document) {
    return server.post(
        new Bounded(new ByteArrayInputStream(document), "the document", MOST_BYTES),
        Optional.empty());
  }

  @Test
  void noFileIsEverLookedAt(@TempDir Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "42");
    String answer =
        server.post(
            "<!DOCTYPE m [<!ENTITY xxe SYSTEM \""
                + secret.toUri()
                + "\">]>"
                + BEGIN
                + "<param><value><int>&xxe;</int></value></param></params></methodCall>");
    assertEquals(-32_700, Served.faultCode(answer));
    assertFalse(answer.contains("42"), answer);
  }

  /** Names of elements go into a table that lives as long as the reader. */
  @Test
  void manyDifferentNamesDoNotStay() throws IOException {
    fillWithNames(2_000);
    System.gc();
    long before = used();
    fillWithNames(20_000);
    System.gc();
    long grown = used() - before;
    assertTrue(grown < MOST_ALLOCATED_BYTES, "grown by " + grown + " bytes");
  }

  private static long used() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private void fillWithNames(int documents) throws IOException {
    for (int i = 0; i < documents; i++) {
      ByteArrayOutputStream document = new ByteArrayOutputStream();
      document.write(("<methodCall><name" + "x".repeat(1_000) + i + "/>").getBytes(UTF_8));
      assertEquals(-32_600, Served.faultCode(answer(document.toByteArray())));
    }
  }
}
