package org.acopio.web.xmlrpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SystemMethodsTest {
  private final Served server = new Served();

  private static String call(String method, String... values) {
    StringBuilder parameters = new StringBuilder();
    for (String value : values) {
      parameters.append("<value>").append(value).append("</value>");
    }
    return "<value><struct><member><name>methodName</name><value>"
        + method
        + "</value></member><member><name>params</name><value><array><data>"
        + parameters
        + "</data></array></value></member></struct></value>";
  }

  private static String array(String... values) {
    return "<array><data>" + String.join("", values) + "</data></array>";
  }

  @Test
  void everyMethodIsListedInOrder() {
    String list = Served.result(server.call("system.listMethods"));
    assertTrue(
        list.startsWith(
            "<array><data><value><string>is_even</string></value>"
                + "<value><string>parity.isEven</string></value>"
                + "<value><string>system.getCapabilities</string></value>"),
        list);
    assertEquals(15, list.split("</value>").length - 1);
  }

  @Test
  void everyListedMethodTellsItsSignatureAndWhatItDoes() {
    String list = Served.result(server.call("system.listMethods"));
    for (String name : list.replaceAll("<[^>]+>", " ").strip().split("\\s+")) {
      String help = Served.result(server.call("system.methodHelp", name));
      assertTrue(help.matches("<string>.{10,}\\.</string>"), () -> name + ": " + help);
      String signature = Served.result(server.call("system.methodSignature", name));
      assertTrue(signature.startsWith("<array><data><value><array>"), () -> name + signature);
    }
  }

  @Test
  void theSignaturesOfIsEven() {
    assertEquals(
        "<array><data>"
            + "<value><array><data><value><string>string</string></value>"
            + "<value><string>int</string></value></data></array></value>"
            + "<value><array><data><value><string>string</string></value>"
            + "<value><string>i8</string></value></data></array></value>"
            + "<value><array><data><value><string>string</string></value>"
            + "<value><string>ex:biginteger</string></value></data></array></value>"
            + "</data></array>",
        Served.result(server.call("system.methodSignature", "is_even")));
  }

  @Test
  void nothingIsTellableOfAMethodThatIsNotThere() {
    assertEquals(-32_601, Served.faultCode(server.call("system.methodHelp", "is_odd")));
    assertEquals(-32_601, Served.faultCode(server.call("system.methodSignature", "is_odd")));
    assertEquals(-32_602, Served.faultCode(server.call("system.methodHelp", "<int>1</int>")));
  }

  @Test
  void capabilitiesNameTheSpecificationOfTheFaultCodes() {
    String capabilities = Served.result(server.call("system.getCapabilities"));
    assertTrue(
        capabilities.contains(
            "<name>faults_interop</name><value><struct><member><name>specUrl</name><value><string>"
                + "http://xmlrpc-epi.sourceforge.net/specs/rfc.fault_codes.php</string></value>"
                + "</member><member><name>specVersion</name><value><int>20010516</int></value>"),
        capabilities);
    for (String name : new String[] {"xmlrpc", "introspection", "system.multicall", "nil"}) {
      assertTrue(capabilities.contains("<name>" + name + "</name>"), capabilities);
    }
  }

  @Test
  void aMulticallAnswersEachCallInOrder() {
    String answer =
        server.call(
            "system.multicall",
            array(call("is_even", "<int>2</int>"), call("is_even", "<int>3</int>")));
    assertEquals(
        "<array><data>"
            + "<value><array><data><value><string>Par</string></value></data></array></value>"
            + "<value><array><data><value><string>Impar</string></value></data></array></value>"
            + "</data></array>",
        Served.result(answer));
  }

  @Test
  void aFaultInsideAMulticallIsAStructAndTheRestGoesOn() {
    String answer =
        server.call(
            "system.multicall",
            array(
                call("is_odd"),
                call("is_even", "<string>x</string>"),
                call("system.multicall", array()),
                "<value>no struct</value>",
                "<value><struct></struct></value>",
                call("is_even", "<int>8</int>")));
    String[] parts = answer.split("<name>faultCode</name><value><int>");
    assertEquals(6, parts.length, answer);
    assertTrue(parts[1].startsWith("-32601"), answer);
    for (int i = 2; i < parts.length; i++) {
      assertTrue(parts[i].startsWith("-32602"), answer);
    }
    assertTrue(parts[5].contains("<string>Par</string>"), answer);
    assertEquals(5, server.inner.size());
  }

  @Test
  void anEmptyMulticallIsAnEmptyArray() {
    assertEquals(
        "<array><data></data></array>", Served.result(server.call("system.multicall", array())));
  }
}
