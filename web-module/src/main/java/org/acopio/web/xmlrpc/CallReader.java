package org.acopio.web.xmlrpc;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLInputFactory2;

/**
 * Reads calls from documents in one pass, bounded by {@link Limits}. Nothing outside of a document
 * is ever looked at, and one with a document type declaration is refused at that. Thread-safe.
 */
final class CallReader {
  /** Deeper than {@link Limits#DEPTH} structs, each of which is four elements. */
  private static final int MOST_ELEMENTS_DEEP = 4 * Limits.DEPTH + 16;

  /** Bytes of the longest byte order mark. */
  private static final int MARK = 3;

  private static final int MOST_ATTRIBUTES = 16;
  private static final int MOST_ATTRIBUTE_CHARACTERS = 1_024;

  private final WstxInputFactory factory = new WstxInputFactory();

  CallReader() {
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    // Clients exist that write ex: without saying which namespace it is.
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setProperty(XMLInputFactory2.P_INTERN_NAMES, false);
    factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, MOST_ELEMENTS_DEEP);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, MOST_ATTRIBUTES);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, MOST_ATTRIBUTE_CHARACTERS);
  }

  /**
   * Reads the one call of a document to its end.
   *
   * @param charset that the sender named beside the document, which beats what the document says of
   *     itself (RFC 7303, section 3); without one, the document's own word counts, then UTF-8
   * @throws Fault {@code NOT_WELL_FORMED} or {@code NOT_A_CALL}
   * @throws IOException when the bytes stop coming, or are more than may come
   */
  Call read(InputStream in, Optional<Charset> charset) throws Fault, IOException {
    try {
      XMLStreamReader xml = open(in, charset);
      try {
        return new Parser(xml).call();
      } finally {
        xml.close();
      }
    } catch (XMLStreamException e) {
      throw failure(e);
    } catch (RuntimeException e) {
      // Woodstox wraps so what it meets while it reads a text that was put off.
      if (e.getCause() instanceof XMLStreamException wrapped) {
        throw failure(wrapped);
      }
      throw e;
    }
  }

  private XMLStreamReader open(InputStream in, Optional<Charset> charset)
      throws XMLStreamException, IOException {
    if (charset.isEmpty()) {
      return factory.createXMLStreamReader(in);
    }
    PushbackInputStream all = new PushbackInputStream(in, MARK);
    Charset known = marked(all).orElse(charset.get());
    if (known.equals(StandardCharsets.UTF_8)) {
      return factory.createXMLStreamReader(all, "UTF-8");
    }
    return factory.createXMLStreamReader(
        new InputStreamReader(
            all,
            known
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)));
  }

  /** The encoding that a byte order mark tells; it beats every other word (RFC 7303). */
  private static Optional<Charset> marked(PushbackInputStream in) throws IOException {
    byte[] begin = new byte[MARK];
    in.unread(begin, 0, in.readNBytes(begin, 0, MARK));
    return switch ((begin[0] & 0xff) << 8 | begin[1] & 0xff) {
      case 0xfeff, 0xfffe -> Optional.of(StandardCharsets.UTF_16);
      case 0xefbb -> Optional.of(StandardCharsets.UTF_8);
      default -> Optional.empty();
    };
  }

  /** Rethrows what befell the stream itself; bytes that are none of their encoding are a fault. */
  private static Fault failure(XMLStreamException e) throws IOException {
    if (e.getNestedException() instanceof IOException io
        && !(io instanceof CharConversionException
            || io instanceof CharacterCodingException
            || io instanceof UnsupportedEncodingException)) {
      throw io;
    }
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new Fault(
        FaultCode.NOT_WELL_FORMED, "the document is not well-formed XML: " + shown(message));
  }

  private static String shown(String message) {
    int most = 200;
    return message.length() <= most ? message : message.substring(0, most) + "…";
  }

  /** The grammar above the values: {@code methodCall}, {@code methodName}, {@code params}. */
  private record Parser(Elements xml) {
    Parser(XMLStreamReader xml) {
      this(new Elements(xml));
    }

    Call call() throws XMLStreamException, Fault {
      xml.open("methodCall");
      boolean extended = xml.learnPrefix();
      xml.open("methodName");
      String method = methodName(xml.textToEnd("methodName"));
      List<Value> parameters = new ArrayList<>();
      if (xml.opensOrCloses("params", "methodCall")) {
        parameters(parameters);
        xml.close("methodCall");
      }
      xml.end();
      return new Call(method, parameters, extended);
    }

    private void parameters(List<Value> parameters) throws XMLStreamException, Fault {
      Values values = new Values(xml);
      while (xml.opensOrCloses("param", "params")) {
        xml.open("value");
        parameters.add(values.afterOpening());
        xml.close("param");
      }
    }

    private static String methodName(String text) throws Fault {
      String name = text.strip();
      if (name.isEmpty() || name.length() > Limits.NAME) {
        throw new Fault(
            FaultCode.NOT_A_CALL,
            "the method's name has "
                + name.length()
                + " characters; it must have 1 to "
                + Limits.NAME);
      }
      return name;
    }
  }
}
