package org.acopio.web.xmlrpc;

import java.util.List;

/** Takes parameters apart; what is not as a method needs it is a fault that says so. */
final class Parameters {
  private Parameters() {}

  static void count(List<Value> parameters, int expected) throws Fault {
    if (parameters.size() != expected) {
      throw Method.wrongParameters(
          "there are "
              + parameters.size()
              + " parameters; the method takes "
              + expected
              + " (system.methodSignature tells which)");
    }
  }

  /** The only parameter. */
  static Value only(List<Value> parameters) throws Fault {
    count(parameters, 1);
    return parameters.get(0);
  }

  static String text(Value value) throws Fault {
    return cast(value, Value.Text.class, "string").value();
  }

  static long whole(Value value) throws Fault {
    return cast(value, Value.Whole.class, "int").value();
  }

  static List<Value> array(Value value) throws Fault {
    return cast(value, Value.Array.class, "array").values();
  }

  static Value.Struct struct(Value value) throws Fault {
    return cast(value, Value.Struct.class, "struct");
  }

  static Value member(Value.Struct struct, String name) throws Fault {
    Value member = struct.members().get(name);
    if (member == null) {
      throw Method.wrongParameters("the struct has no member '" + name + "'");
    }
    return member;
  }

  static <T extends Value> T cast(Value value, Class<T> type, String expected) throws Fault {
    if (!type.isInstance(value)) {
      throw Method.wrongParameters(
          "a value is of type " + value.type() + "; it must be of type " + expected);
    }
    return type.cast(value);
  }
}
