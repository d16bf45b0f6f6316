package org.acopio.web.xmlrpc;

import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.Map;

/** A call that is answered with a fault. Without a stack trace: hostile clients make many. */
final class Fault extends Exception {
  @Serial private static final long serialVersionUID = 1L;
  private static final int SHOWN = 60;

  private final FaultCode code;

  /**
   * @param message for a person: the value, the limit and the remedy
   */
  Fault(FaultCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  FaultCode code() {
    return code;
  }

  /** What the client reads. */
  Value.Struct toStruct() {
    Map<String, Value> members = new LinkedHashMap<>();
    members.put("faultCode", new Value.Whole(code.number()));
    members.put("faultString", new Value.Text(String.valueOf(getMessage())));
    return new Value.Struct(members);
  }

  /** The beginning of what a client sent, short enough to be sent back. */
  static String shown(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
