package org.acopio.web.xmlrpc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/** Reads the values of one document, counting them and how deep they lie. */
final class Values {
  private final Elements xml;
  private int count;
  private int depth;

  Values(Elements xml) {
    this.xml = xml;
  }

  /** The value whose {@code <value>} is at hand, and goes to {@code </value>}. */
  Value afterOpening() throws XMLStreamException, Fault {
    if (++count > Limits.VALUES) {
      throw new Fault(
          FaultCode.NOT_A_CALL, "the call has more than " + Limits.VALUES + " values; make two");
    }
    Elements.Gathered text = new Elements.Gathered();
    while (true) {
      switch (xml.next()) {
        case XMLStreamConstants.CHARACTERS -> text.add(xml.text());
        case XMLStreamConstants.START_ELEMENT -> {
          if (!text.toString().isBlank()) {
            throw xml.unexpected("</value>");
          }
          Value value = typed(xml.name());
          xml.close("value");
          return value;
        }
        default -> {
          return new Value.Text(text.toString());
        }
      }
    }
  }

  private Value typed(String type) throws XMLStreamException, Fault {
    return switch (type) {
      case "array" -> deeper(this::array);
      case "struct" -> deeper(this::struct);
      case "nil", "ex:nil" -> nil(type);
      case "ex:serializable", "ex:dom" ->
          throw new Fault(
              FaultCode.NOT_A_CALL, "<" + type + "> is never taken: it can carry anything");
      default -> scalar(type);
    };
  }

  private Value scalar(String type) throws XMLStreamException, Fault {
    return switch (type) {
      case "string" -> new Value.Text(xml.textToEnd(type));
      case "int", "i4" ->
          Scalars.whole(type, xml.textToEnd(type), Integer.MIN_VALUE, Integer.MAX_VALUE);
      case "i8", "ex:i8" ->
          Scalars.whole(type, xml.textToEnd(type), Long.MIN_VALUE, Long.MAX_VALUE);
      case "i2", "ex:i2" ->
          Scalars.whole(type, xml.textToEnd(type), Short.MIN_VALUE, Short.MAX_VALUE);
      case "i1", "ex:i1" ->
          Scalars.whole(type, xml.textToEnd(type), Byte.MIN_VALUE, Byte.MAX_VALUE);
      case "biginteger", "ex:biginteger" -> Scalars.bigWhole(type, xml.textToEnd(type));
      case "boolean" -> Scalars.bool(type, xml.textToEnd(type));
      case "double", "ex:float" -> Scalars.real(type, xml.textToEnd(type));
      case "bigdecimal", "ex:bigdecimal" -> Scalars.bigReal(type, xml.textToEnd(type));
      case "dateTime.iso8601", "ex:dateTime" -> Scalars.dateTime(type, xml.textToEnd(type));
      case "base64" -> Scalars.binary(type, xml.textToEnd(type));
      default ->
          throw new Fault(
              FaultCode.NOT_A_CALL, "<" + Fault.shown(type) + "> is not a type of XML-RPC");
    };
  }

  private Value nil(String type) throws XMLStreamException, Fault {
    xml.close(type);
    return new Value.Nil();
  }

  private Value array() throws XMLStreamException, Fault {
    List<Value> values = new ArrayList<>();
    xml.open("data");
    while (xml.opensOrCloses("value", "data")) {
      values.add(afterOpening());
    }
    xml.close("array");
    return new Value.Array(values);
  }

  private Value struct() throws XMLStreamException, Fault {
    Map<String, Value> members = new LinkedHashMap<>();
    while (xml.opensOrCloses("member", "struct")) {
      xml.open("name");
      String name = xml.textToEnd("name");
      if (name.length() > Limits.NAME) {
        throw new Fault(
            FaultCode.NOT_A_CALL,
            "a member's name has "
                + name.length()
                + " characters; up to "
                + Limits.NAME
                + " are taken");
      }
      xml.open("value");
      members.put(name, afterOpening());
      xml.close("member");
    }
    return new Value.Struct(members);
  }

  private Value deeper(Part part) throws XMLStreamException, Fault {
    if (++depth > Limits.DEPTH) {
      throw new Fault(
          FaultCode.NOT_A_CALL,
          "arrays and structs lie more than " + Limits.DEPTH + " deep inside each other");
    }
    Value value = part.read();
    depth--;
    return value;
  }

  /** An array or a struct. */
  private interface Part {
    Value read() throws XMLStreamException, Fault;
  }
}
