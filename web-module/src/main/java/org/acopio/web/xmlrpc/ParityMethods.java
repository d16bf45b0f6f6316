package org.acopio.web.xmlrpc;

import java.util.List;
import org.acopio.parity.ParityCalls;
import org.acopio.remote.Parity;
import org.acopio.remote.ParityException;

/** Parity, under the name that the old clients call and under one of its own. */
final class ParityMethods {
  private static final Value EVEN = new Value.Text(Parity.EVEN.word());
  private static final Value ODD = new Value.Text(Parity.ODD.word());

  private final ParityCalls.Counted parities;

  ParityMethods(ParityCalls.Counted parities) {
    this.parities = parities;
  }

  List<Method> all() {
    return List.of(
        new Method(
            "is_even",
            List.of(
                List.of("string", "int"),
                List.of("string", "i8"),
                List.of("string", "ex:biginteger")),
            "Returns Par when the integer is even and Impar when it is odd.",
            this::word),
        new Method(
            "parity.isEven",
            List.of(
                List.of("boolean", "int"),
                List.of("boolean", "i8"),
                List.of("boolean", "ex:biginteger"),
                List.of("boolean", "string")),
            "Returns true when the integer is even. A string holds decimal digits with an optional"
                + " sign, as many as a document may have.",
            this::isEven));
  }

  private Value word(List<Value> parameters) throws Fault {
    Value number = only(parameters);
    if (number instanceof Value.Text) {
      throw notAnInteger(number);
    }
    return parity(number) == Parity.EVEN ? EVEN : ODD;
  }

  private Value isEven(List<Value> parameters) throws Fault {
    return new Value.Bool(parity(only(parameters)) == Parity.EVEN);
  }

  private Value only(List<Value> parameters) throws Fault {
    if (parameters.size() != 1) {
      parities.refuse();
    }
    return Parameters.only(parameters);
  }

  private Parity parity(Value number) throws Fault {
    if (number instanceof Value.Whole whole) {
      return parities.of(whole.value());
    }
    if (number instanceof Value.BigWhole whole) {
      return decimal(whole.decimal());
    }
    if (number instanceof Value.Text text) {
      return decimal(text.value());
    }
    throw notAnInteger(number);
  }

  private Parity decimal(String digits) throws Fault {
    try {
      return parities.of(digits);
    } catch (ParityException e) {
      throw Method.wrongParameters(String.valueOf(e.getMessage()));
    }
  }

  private Fault notAnInteger(Value value) {
    parities.refuse();
    String shown = value instanceof Value.Text text ? " ('" + Fault.shown(text.value()) + "')" : "";
    return Method.wrongParameters(
        "the parameter is of type "
            + value.type()
            + shown
            + "; parity is of integers: send an int, an i8 or an ex:biginteger");
  }
}
