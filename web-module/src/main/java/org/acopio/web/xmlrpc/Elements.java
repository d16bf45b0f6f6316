package org.acopio.web.xmlrpc;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The elements and texts of a document, without comments and processing instructions. What is not
 * expected is a fault, and so is a document type declaration.
 */
final class Elements {
  static final String APACHE = "http://ws.apache.org/xmlrpc/namespaces/extensions";

  private final XMLStreamReader xml;
  private String prefix = "ex:";

  Elements(XMLStreamReader xml) {
    this.xml = xml;
  }

  /** Takes the prefix of Apache's types from the element at hand; false when it declares none. */
  boolean learnPrefix() {
    boolean declared = false;
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      String name = xml.getAttributeLocalName(i);
      if (name.startsWith("xmlns:") && APACHE.equals(xml.getAttributeValue(i))) {
        prefix = name.substring("xmlns:".length()) + ":";
        declared = true;
      }
    }
    return declared;
  }

  /** The name of the element at hand; Apache's types begin with {@code ex:}, whatever was said. */
  String name() {
    String name = xml.getLocalName();
    return name.startsWith(prefix) ? "ex:" + name.substring(prefix.length()) : name;
  }

  /** The text at hand. */
  String text() {
    return xml.getText();
  }

  /** Whether nothing but white space is at hand. */
  boolean isBlank() {
    return xml.isWhiteSpace();
  }

  /** The next start, end or text: a {@link XMLStreamConstants}. */
  int next() throws XMLStreamException, Fault {
    while (true) {
      int event = xml.next();
      switch (event) {
        case XMLStreamConstants.COMMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> {}
        case XMLStreamConstants.DTD ->
            throw new Fault(
                FaultCode.NOT_WELL_FORMED,
                "the document has a document type declaration (DOCTYPE), which is not taken;"
                    + " leave it out");
        case XMLStreamConstants.ENTITY_REFERENCE ->
            throw new Fault(
                FaultCode.NOT_WELL_FORMED,
                "the document uses the entity &"
                    + Fault.shown(xml.getLocalName())
                    + ";, which is not one of XML's own five");
        case XMLStreamConstants.SPACE -> {}
        case XMLStreamConstants.CDATA -> {
          return XMLStreamConstants.CHARACTERS;
        }
        default -> {
          return event;
        }
      }
    }
  }

  /** The next start or end; only white space may stand before it. */
  int nextTag() throws XMLStreamException, Fault {
    while (true) {
      int event = next();
      if (event != XMLStreamConstants.CHARACTERS) {
        return event;
      }
      if (!isBlank()) {
        throw new Fault(
            FaultCode.NOT_A_CALL,
            "the text '" + Fault.shown(text().strip()) + "' stands where an element is expected");
      }
    }
  }

  /** Goes to the start of this element, which must be next. */
  void open(String name) throws XMLStreamException, Fault {
    if (nextTag() != XMLStreamConstants.START_ELEMENT || !name().equals(name)) {
      throw unexpected("<" + name + ">");
    }
  }

  /** Goes to the end of this element, which must be next. */
  void close(String name) throws XMLStreamException, Fault {
    if (nextTag() != XMLStreamConstants.END_ELEMENT) {
      throw unexpected("</" + name + ">");
    }
  }

  /** True at the start of the one element, false at the end of the other; one must be next. */
  boolean opensOrCloses(String child, String parent) throws XMLStreamException, Fault {
    boolean opens = nextTag() == XMLStreamConstants.START_ELEMENT;
    if (opens && !name().equals(child)) {
      throw unexpected("<" + child + "> or </" + parent + ">");
    }
    return opens;
  }

  /** The text of the element at hand, and goes to its end; it may hold no other element. */
  String textToEnd(String name) throws XMLStreamException, Fault {
    Gathered text = new Gathered();
    while (true) {
      switch (next()) {
        case XMLStreamConstants.CHARACTERS -> text.add(text());
        case XMLStreamConstants.END_ELEMENT -> {
          return text.toString();
        }
        default -> throw unexpected("text and </" + name + ">");
      }
    }
  }

  /** Reads what may stand behind the last element. */
  void end() throws XMLStreamException, Fault {
    while (next() != XMLStreamConstants.END_DOCUMENT) {
      // XML allows nothing there that could be an event of its own.
    }
  }

  /** A text that comments may have cut into any number of pieces. */
  static final class Gathered {
    private String first = "";
    private @Nullable StringBuilder all;

    void add(String piece) {
      if (all != null) {
        all.append(piece);
      } else if (first.isEmpty()) {
        first = piece;
      } else {
        all = new StringBuilder(first).append(piece);
      }
    }

    @Override
    public String toString() {
      return all == null ? first : all.toString();
    }
  }

  Fault unexpected(String expected) {
    String found =
        switch (xml.getEventType()) {
          case XMLStreamConstants.START_ELEMENT -> "<" + Fault.shown(name()) + ">";
          case XMLStreamConstants.END_ELEMENT -> "</" + Fault.shown(name()) + ">";
          default -> "the end";
        };
    return new Fault(FaultCode.NOT_A_CALL, found + " stands where " + expected + " is expected");
  }
}
