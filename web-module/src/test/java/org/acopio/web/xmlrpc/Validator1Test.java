package org.acopio.web.xmlrpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The suite of UserLand's validator with answers that are known. */
class Validator1Test {
  private static final String STOOGES =
      struct(
          member("moe", "<i4>1</i4>"),
          member("larry", "<int>2</int>"),
          member("curly", "<int>39</int>"));

  private final Served server = new Served();

  private static String struct(String... members) {
    return "<struct>" + String.join("", members) + "</struct>";
  }

  private static String member(String name, String value) {
    return "<member><name>" + name + "</name><value>" + value + "</value></member>";
  }

  private static String array(String value, int times) {
    return "<array><data>" + ("<value>" + value + "</value>").repeat(times) + "</data></array>";
  }

  private String call(String method, String... values) {
    return Served.result(server.call("validator1." + method, values));
  }

  @Test
  void arrayOfStructsTest() {
    assertEquals("<int>117</int>", call("arrayOfStructsTest", array(STOOGES, 3)));
  }

  @Test
  void countTheEntities() {
    String counts =
        call("countTheEntities", "<string>&lt;&lt;&gt;&amp;&amp;&amp;''''\"\"x</string>");
    assertTrue(counts.contains(member("ctLeftAngleBrackets", "<int>2</int>")), counts);
    assertTrue(counts.contains(member("ctRightAngleBrackets", "<int>1</int>")), counts);
    assertTrue(counts.contains(member("ctAmpersands", "<int>3</int>")), counts);
    assertTrue(counts.contains(member("ctApostrophes", "<int>4</int>")), counts);
    assertTrue(counts.contains(member("ctQuotes", "<int>2</int>")), counts);
  }

  @Test
  void easyStructTest() {
    assertEquals("<int>42</int>", call("easyStructTest", STOOGES));
  }

  @Test
  void echoStructTest() {
    String echo = struct(member("substruct0", struct(member("a", "<string>b</string>"))));
    assertEquals(echo, call("echoStructTest", echo));
  }

  @Test
  void manyTypesTest() {
    String[] values = {
      "<int>1</int>",
      "<boolean>0</boolean>",
      "<string>two</string>",
      "<double>3.5</double>",
      "<dateTime.iso8601>20261121T08:00:00</dateTime.iso8601>",
      "<base64>AAEC</base64>"
    };
    assertEquals(
        "<array><data><value>" + String.join("</value><value>", values) + "</value></data></array>",
        call("manyTypesTest", values));
    assertEquals(
        -32_602, Served.faultCode(server.call("validator1.manyTypesTest", "<int>1</int>")));
  }

  @Test
  void moderateSizeArrayCheck() {
    String texts =
        "<array><data><value>first</value>"
            + "<value>x</value>".repeat(150)
            + "<value>last</value></data></array>";
    assertEquals("<string>firstlast</string>", call("moderateSizeArrayCheck", texts));
    assertEquals(
        -32_602, Served.faultCode(server.call("validator1.moderateSizeArrayCheck", array("", 0))));
  }

  @Test
  void nestedStructTest() {
    String april = struct(member("01", STOOGES), member("02", struct()));
    String calendar = struct(member("1999", struct()), member("2000", struct(member("04", april))));
    assertEquals("<int>42</int>", call("nestedStructTest", calendar));
    assertEquals(-32_602, Served.faultCode(server.call("validator1.nestedStructTest", struct())));
  }

  @Test
  void simpleStructReturnTest() {
    assertEquals(
        struct(
            member("times10", "<int>70</int>"),
            member("times100", "<int>700</int>"),
            member("times1000", "<int>7000</int>")),
        call("simpleStructReturnTest", "<int>7</int>"));
    assertTrue(
        call("simpleStructReturnTest", "<int>2147483647</int>").contains("<i8>21474836470</i8>"));
  }

  @Test
  void aResultThatDoesNotFitIsAFaultOfTheApplication() {
    String answer =
        server.call("validator1.simpleStructReturnTest", "<i8>9223372036854775807</i8>");
    assertEquals(-32_500, Served.faultCode(answer));
  }
}
