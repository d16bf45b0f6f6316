package org.acopio.web.xmlrpc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.util.Optional;
import org.acopio.parity.ParityCalls.Result;
import org.acopio.parity.ParityCalls.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents as clients write them, and what they are answered. */
class XmlRpcTest {
  private static final String EX = "http://ws.apache.org/xmlrpc/namespaces/extensions";

  private final Served server = new Served();

  @Test
  void pythonsClientGetsItsAnswer() {
    String document =
        """
        <?xml version='1.0'?>
        <methodCall>
        <methodName>is_even</methodName>
        <params>
        <param>
        <value><int>4</int></value>
        </param>
        </params>
        </methodCall>
        """;
    String answer =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<methodResponse><params><param><value><string>Par</string></value></param></params>"
            + "</methodResponse>\n";
    assertEquals(answer, server.post(document));
  }

  @Test
  void apachesClientGetsItsAnswer() {
    String document =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><methodCall xmlns:ex=\""
            + EX
            + "\"><methodName>is_even</methodName><params><param><value><ex:i8>9223372036854775807"
            + "</ex:i8></value></param></params></methodCall>";
    assertEquals("<string>Impar</string>", Served.result(server.post(document)));
  }

  @Test
  void whoKnowsApachesTypesIsAnsweredInThem() {
    String document =
        Served.document(
                "validator1.echoStructTest",
                "<struct><member><name>a</name><value><ex:i8>5000000000</ex:i8></value></member>"
                    + "<member><name>b</name><value><ex:nil/></value></member></struct>")
            .replace("<methodCall>", "<methodCall xmlns:ex=\"" + EX + "\">");
    String ex = " xmlns:ex=\"" + EX + "\"";
    assertEquals(
        "<struct><member><name>a</name><value><ex:i8"
            + ex
            + ">5000000000</ex:i8></value></member><member><name>b</name><value><ex:nil"
            + ex
            + "></ex:nil></value></member></struct>",
        Served.result(server.post(document)));
  }

  @Test
  void anotherPrefixForApachesTypesIsUnderstood() {
    String document =
        "<methodCall xmlns:a=\""
            + EX
            + "\"><methodName>is_even</methodName><params><param><value><a:i1>-8</a:i1></value>"
            + "</param></params></methodCall>";
    assertEquals("<string>Par</string>", Served.result(server.post(document)));
  }

  @ParameterizedTest
  @CsvSource({
    "<int>0</int>, Par",
    "<i4>-2147483648</i4>, Par",
    "<i4>+2147483647</i4>, Impar",
    "<i4>007</i4>, Impar",
    "<int> 12 </int>, Par",
    "<i8>-9223372036854775807</i8>, Impar",
    "<i8>9223372036854775806</i8>, Par",
    "<ex:i8>3</ex:i8>, Impar",
    "<ex:i1>-128</ex:i1>, Par",
    "<ex:i2>32767</ex:i2>, Impar",
    "<ex:biginteger>-123456789012345678901234567890</ex:biginteger>, Par",
    "<ex:biginteger>123456789012345678901234567891</ex:biginteger>, Impar",
  })
  void everyIntegerHasAParity(String value, String word) {
    assertEquals("<string>" + word + "</string>", Served.result(server.call("is_even", value)));
    assertEquals(
        "<boolean>" + (word.equals("Par") ? 1 : 0) + "</boolean>",
        Served.result(server.call("parity.isEven", value)));
  }

  @Test
  void decimalTextOfAnyLengthHasAParity() {
    String digits = "9".repeat(900_000) + "8";
    assertEquals(
        "<boolean>1</boolean>",
        Served.result(server.call("parity.isEven", "<string>" + digits + "</string>")));
    assertEquals("<boolean>0</boolean>", Served.result(server.call("parity.isEven", "-7")));
    assertEquals(-32_602, Served.faultCode(server.call("parity.isEven", "<string>seven</string>")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<string>abc</string>",
        "abc",
        "",
        "4",
        "<string>4</string>",
        "<boolean>1</boolean>",
        "<double>4.0</double>",
        "<nil/>",
        "<ex:nil/>",
        "<base64>NA==</base64>",
        "<dateTime.iso8601>19980717T14:08:55</dateTime.iso8601>",
        "<array><data><value><int>4</int></value></data></array>",
        "<struct></struct>",
        "<ex:float>4</ex:float>",
        "<ex:bigdecimal>4</ex:bigdecimal>"
      })
  void parityOfAnythingElseIsARefusal(String value) {
    String answer = server.call("is_even", value);
    assertEquals(-32_602, Served.faultCode(answer));
    assertTrue(Served.faultString(answer).contains("parity is of integers"), answer);
    assertEquals(1, server.calls.count(Transport.XMLRPC, Result.REFUSED));
  }

  @Test
  void theNumberOfParametersMustFit() {
    assertEquals(-32_602, Served.faultCode(server.call("is_even")));
    assertEquals(-32_602, Served.faultCode(server.call("is_even", "<int>1</int>", "<int>2</int>")));
    assertEquals(-32_602, Served.faultCode(server.call("system.listMethods", "<int>1</int>")));
    assertEquals(2, server.calls.count(Transport.XMLRPC, Result.REFUSED));
  }

  @Test
  void parametersMayBeLeftOut() {
    String answer =
        server.post("<methodCall><methodName>system.listMethods</methodName></methodCall>");
    assertTrue(Served.result(answer).contains("<string>is_even</string>"), answer);
  }

  @Test
  void anUnknownMethodIsNamed() {
    String answer = server.call("is_odd", "<int>1</int>");
    assertEquals(-32_601, Served.faultCode(answer));
    assertTrue(Served.faultString(answer).contains("'is_odd'"), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "is_even",
        "<methodCall><methodName>is_even</methodName>",
        "<methodCall><methodName>is_even</methodCall></methodName>",
        "<methodCall><methodName>is_even</methodName></methodCall><more/>",
        "<methodCall><methodName>is_even&nbsp;</methodName></methodCall>",
        "<?xml version='1.0' encoding='no-such'?><methodCall/>",
        "<methodCall><methodName a='1' a='2'>x</methodName></methodCall>",
        "<methodCall><methodName>&#0;</methodName></methodCall>"
      })
  void whatIsNotXmlIsAFaultOfTheParser(String document) {
    assertEquals(-32_700, Served.faultCode(server.post(document)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<methodResponse/>",
        "<html><body/></html>",
        "<methodCall/>",
        "<methodCall><methodName/></methodCall>",
        "<methodCall><methodName>a<b/></methodName></methodCall>",
        "<methodCall>text<methodName>a</methodName></methodCall>",
        "<methodCall><params/><methodName>a</methodName></methodCall>",
        "<methodCall><methodName>a</methodName><params/><params/></methodCall>",
        "<methodCall><methodName>a</methodName><params><value/></params></methodCall>",
        "<methodCall><methodName>a</methodName><params><param/></params></methodCall>"
      })
  void xmlThatIsNoCallIsAFaultOfItsOwn(String document) {
    assertEquals(-32_600, Served.faultCode(server.post(document)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<int></int>",
        "<int>abc</int>",
        "<int>1.5</int>",
        "<int>2147483648</int>",
        "<int>1 2</int>",
        "<int>\u0661</int>",
        "<i8>9223372036854775808</i8>",
        "<ex:i1>128</ex:i1>",
        "<ex:i2>-32769</ex:i2>",
        "<ex:biginteger>0x10</ex:biginteger>",
        "<boolean>true</boolean>",
        "<double>NaN</double>",
        "<double>1e999</double>",
        "<double>1d</double>",
        "<double>.</double>",
        "<base64>?</base64>",
        "<dateTime.iso8601>yesterday</dateTime.iso8601>",
        "<integer>1</integer>",
        "<foo:i8>1</foo:i8>",
        "<nil>1</nil>",
        "<array></array>",
        "<array><data><int>1</int></data></array>",
        "<struct><member/></struct>",
        "<struct><member><name>a</name></member></struct>",
        "<int>1</int><int>2</int>",
        "one<int>1</int>",
        "<int>1</int>one",
        "<ex:serializable>rO0AB</ex:serializable>",
        "<ex:dom><a/></ex:dom>"
      })
  void aValueThatIsNoneIsAFault(String value) {
    assertEquals(-32_600, Served.faultCode(server.call("validator1.echoStructTest", value)));
  }

  @Test
  void aMessageSaysValueAndLimit() {
    String answer = server.call("is_even", "<int>3000000000</int>");
    assertEquals(
        "&lt;int&gt; is '3000000000'; it must be from -2147483648 to 2147483647; use i8 or"
            + " ex:biginteger for larger ones",
        Served.faultString(answer));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<int>-1</int> | <int>-1</int>",
        "<i8>5000000000</i8> | <i8>5000000000</i8>",
        "<ex:biginteger>-99999999999999999999</ex:biginteger> |"
            + " <ex:biginteger xmlns:ex=\"http://ws.apache.org/xmlrpc/namespaces/extensions\">"
            + "-99999999999999999999</ex:biginteger>",
        "<ex:bigdecimal>1.10</ex:bigdecimal> |"
            + " <ex:bigdecimal xmlns:ex=\"http://ws.apache.org/xmlrpc/namespaces/extensions\">1.10"
            + "</ex:bigdecimal>",
        "<boolean>1</boolean> | <boolean>1</boolean>",
        "<double>-12.214</double> | <double>-12.214</double>",
        "<double>1e+16</double> | <double>10000000000000000</double>",
        "<ex:float>0.5</ex:float> | <double>0.5</double>",
        "<string>a &lt; b &amp; c\u00f1\ud83d\ude00</string> |"
            + " <string>a &lt; b &amp; c\u00f1\ud83d\ude00</string>",
        "<string><![CDATA[<b>]]></string> | <string>&lt;b&gt;</string>",
        "<string>one&#13;two</string> | <string>one&#13;two</string>",
        "<string>a<!-- no -->b<?pi?>c</string> | <string>abc</string>",
        "untyped | <string>untyped</string>",
        "<dateTime.iso8601>19980717T14:08:55</dateTime.iso8601> |"
            + " <dateTime.iso8601>19980717T14:08:55</dateTime.iso8601>",
        "<ex:dateTime>2026-11-21T10:00:00.123Z</ex:dateTime> |"
            + " <dateTime.iso8601>2026-11-21T10:00:00.123Z</dateTime.iso8601>",
        "<base64> eW91 &#10; IQ== </base64> | <base64>eW91IQ==</base64>",
        "<nil/> | <nil/>",
        "<array><data><value>1</value><value><i4>2</i4></value></data></array> |"
            + " <array><data><value><string>1</string></value><value><int>2</int></value></data>"
            + "</array>"
      })
  void everyTypeComesBackAsItCame(String sent, String received) {
    String struct = "<struct><member><name>a</name><value>%s</value></member></struct>";
    assertEquals(
        struct.formatted(received),
        Served.result(server.call("validator1.echoStructTest", struct.formatted(sent))));
  }

  @Test
  void whiteSpaceOfAStringStays() {
    String struct = "<struct><member><name> </name><value>  a  </value></member></struct>";
    String answer = server.call("validator1.echoStructTest", struct);
    assertEquals(
        "<struct><member><name> </name><value><string>  a  </string></value></member></struct>",
        Served.result(answer));
  }

  @Test
  void everyEncodingThatIsDeclaredIsRead() {
    String document =
        "<?xml version='1.0' encoding='%s'?>"
            + "<methodCall><methodName>ni\u00f1o</methodName></methodCall>";
    for (Charset charset : new Charset[] {UTF_8, ISO_8859_1, UTF_16, Charset.forName("IBM850")}) {
      byte[] bytes = document.formatted(charset.name()).getBytes(charset);
      String answer = server.post(bytes, Optional.empty());
      assertTrue(answer.contains("'ni\u00f1o'"), () -> charset + ": " + answer);
    }
  }

  @Test
  void theHeaderBeatsWhatTheDocumentSaysOfItself() {
    String document =
        "<?xml version='1.0' encoding='UTF-8'?>"
            + "<methodCall><methodName>ni\u00f1o</methodName></methodCall>";
    for (Charset charset : new Charset[] {UTF_8, ISO_8859_1, UTF_16BE, UTF_16LE, UTF_16}) {
      String answer = server.post(document.getBytes(charset), Optional.of(charset));
      assertTrue(answer.contains("'ni\u00f1o'"), () -> charset + ": " + answer);
    }
  }

  @Test
  void aByteOrderMarkBeatsTheHeader() {
    String document = "\ufeff<methodCall><methodName>ni\u00f1o</methodName></methodCall>";
    for (Charset charset : new Charset[] {UTF_8, UTF_16BE, UTF_16LE}) {
      String answer = server.post(document.getBytes(charset), Optional.of(ISO_8859_1));
      assertTrue(answer.contains("'ni\u00f1o'"), () -> charset + ": " + answer);
    }
  }

  @Test
  void bytesThatAreNoneOfTheEncodingAreAFault() {
    byte[] latin =
        "<methodCall><methodName>ni\u00f1o</methodName></methodCall>".getBytes(ISO_8859_1);
    assertEquals(-32_700, Served.faultCode(server.post(latin, Optional.empty())));
    assertEquals(-32_700, Served.faultCode(server.post(latin, Optional.of(UTF_8))));
    assertEquals(
        -32_700, Served.faultCode(server.post(latin, Optional.of(Charset.forName("Shift_JIS")))));
  }

  @Test
  void whatXmlCannotCarryIsReplacedInAnAnswer() {
    byte[] answer =
        ResponseWriter.returned(new Value.Text("a\u0000b\ud800c\uffffd\ud83d\ude00"), false);
    assertEquals(
        "<string>a\ufffdb\ufffdc\ufffdd\ud83d\ude00</string>",
        Served.result(new String(answer, UTF_8)));
  }

  @Test
  void answersAreCountedByResult() {
    server.call("is_even", "<int>2</int>");
    server.call("parity.isEven", "<int>3</int>");
    assertEquals(1, server.calls.count(Transport.XMLRPC, Result.EVEN));
    assertEquals(1, server.calls.count(Transport.XMLRPC, Result.ODD));
  }

  @Test
  void theValidatorIsOffUnlessAskedFor() throws Fault {
    Dispatcher off = new Dispatcher(server.calls.over(Transport.XMLRPC), false, fault -> {});
    assertFalse(off.names().stream().anyMatch(name -> name.startsWith("validator1.")));
    assertEquals(7, off.names().size());
  }
}
