package org.acopio.web.xmlrpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.acopio.parity.ParityCalls;
import org.acopio.parity.ParityCalls.Transport;

/** Documents in, documents out, without a container. */
final class Served {
  final ParityCalls calls = new ParityCalls();
  final List<Fault> inner = new ArrayList<>();
  private final CallReader reader = new CallReader();
  private final Dispatcher dispatcher =
      new Dispatcher(calls.over(Transport.XMLRPC), true, inner::add);

  /** The answer to a document in UTF-8. */
  String post(String document) {
    return post(document.getBytes(UTF_8), Optional.empty());
  }

  String post(byte[] document, Optional<Charset> charset) {
    return post(new ByteArrayInputStream(document), charset);
  }

  String post(InputStream document, Optional<Charset> charset) {
    try {
      Call call = reader.read(document, charset);
      return new String(ResponseWriter.returned(dispatcher.call(call), call.extended()), UTF_8);
    } catch (Fault e) {
      return new String(ResponseWriter.failed(e), UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The answer to a call whose parameters are these elements {@code value}. */
  String call(String method, String... values) {
    return post(document(method, values));
  }

  static String document(String method, String... values) {
    StringBuilder document = new StringBuilder("<?xml version=\"1.0\"?><methodCall><methodName>");
    document.append(method).append("</methodName><params>");
    for (String value : values) {
      document.append("<param><value>").append(value).append("</value></param>");
    }
    return document.append("</params></methodCall>").toString();
  }

  /** What stands in the one value of an answer. */
  static String result(String answer) {
    String begin = "<methodResponse><params><param><value>";
    String end = "</value></param></params></methodResponse>";
    return between(answer, begin, end);
  }

  /** The code of an answer that is a fault. */
  static int faultCode(String answer) {
    return Integer.parseInt(
        between(answer, "<fault><value><struct><member><name>faultCode</name><value><int>", "</"));
  }

  static String faultString(String answer) {
    return between(answer, "<name>faultString</name><value><string>", "</string>");
  }

  private static String between(String answer, String begin, String end) {
    int from = answer.indexOf(begin);
    int to = answer.indexOf(end, from + begin.length());
    if (from < 0 || to < 0) {
      throw new AssertionError("not " + begin + "…" + end + " but " + answer);
    }
    return answer.substring(from + begin.length(), to);
  }
}
