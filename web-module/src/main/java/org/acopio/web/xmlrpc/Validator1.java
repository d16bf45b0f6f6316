package org.acopio.web.xmlrpc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The eight methods that UserLand's validator calls, so that a server can be checked from outside.
 * Source: the page of the validator, xmlrpc.com/validator1Docs.
 */
final class Validator1 {
  private static final List<String> STOOGES = List.of("moe", "larry", "curly");
  private static final Map<Character, String> ENTITIES =
      Map.of(
          '<', "ctLeftAngleBrackets",
          '>', "ctRightAngleBrackets",
          '&', "ctAmpersands",
          '\'', "ctApostrophes",
          '"', "ctQuotes");

  private Validator1() {}

  static List<Method> all() {
    return List.of(
        method(
            "arrayOfStructsTest",
            List.of("int", "array"),
            "Returns the sum of the members curly of the structs.",
            Validator1::arrayOfStructs),
        method(
            "countTheEntities",
            List.of("struct", "string"),
            "Returns how many <, >, &, ' and \" there are.",
            Validator1::countTheEntities),
        method(
            "easyStructTest",
            List.of("int", "struct"),
            "Returns the sum of the members moe, larry and curly.",
            parameters -> stooges(Parameters.struct(Parameters.only(parameters)))),
        method(
            "echoStructTest",
            List.of("struct", "struct"),
            "Returns the struct.",
            parameters -> Parameters.struct(Parameters.only(parameters))),
        method(
            "manyTypesTest",
            List.of("array", "int", "boolean", "string", "double", "dateTime.iso8601", "base64"),
            "Returns its six parameters.",
            Validator1::manyTypes),
        method(
            "moderateSizeArrayCheck",
            List.of("string", "array"),
            "Returns the first and the last string together.",
            Validator1::moderateSizeArray),
        method(
            "nestedStructTest",
            List.of("int", "struct"),
            "Returns the sum of moe, larry and curly on 1 April 2000 of the calendar.",
            Validator1::nestedStruct),
        method(
            "simpleStructReturnTest",
            List.of("struct", "int"),
            "Returns the number times 10, 100 and 1000.",
            Validator1::simpleStructReturn));
  }

  private static Method method(String name, List<String> signature, String help, Method.Body body) {
    return new Method("validator1." + name, List.of(signature), help, body);
  }

  private static Value arrayOfStructs(List<Value> parameters) throws Fault {
    long sum = 0;
    for (Value value : Parameters.array(Parameters.only(parameters))) {
      long curly = Parameters.whole(Parameters.member(Parameters.struct(value), STOOGES.get(2)));
      sum = Math.addExact(sum, curly);
    }
    return new Value.Whole(sum);
  }

  private static Value countTheEntities(List<Value> parameters) throws Fault {
    String text = Parameters.text(Parameters.only(parameters));
    Map<String, Value> counts = new LinkedHashMap<>();
    ENTITIES.forEach(
        (entity, name) ->
            counts.put(name, new Value.Whole(text.chars().filter(c -> c == entity).count())));
    return new Value.Struct(counts);
  }

  private static Value stooges(Value.Struct struct) throws Fault {
    long sum = 0;
    for (String stooge : STOOGES) {
      sum = Math.addExact(sum, Parameters.whole(Parameters.member(struct, stooge)));
    }
    return new Value.Whole(sum);
  }

  private static Value manyTypes(List<Value> parameters) throws Fault {
    Parameters.count(parameters, 6);
    Parameters.whole(parameters.get(0));
    Parameters.cast(parameters.get(1), Value.Bool.class, "boolean");
    Parameters.text(parameters.get(2));
    Parameters.cast(parameters.get(3), Value.Real.class, "double");
    Parameters.cast(parameters.get(4), Value.DateTime.class, "dateTime.iso8601");
    Parameters.cast(parameters.get(5), Value.Binary.class, "base64");
    return new Value.Array(parameters);
  }

  private static Value moderateSizeArray(List<Value> parameters) throws Fault {
    List<Value> texts = Parameters.array(Parameters.only(parameters));
    if (texts.isEmpty()) {
      throw Method.wrongParameters("the array is empty; it must hold a string");
    }
    return new Value.Text(
        Parameters.text(texts.get(0)) + Parameters.text(texts.get(texts.size() - 1)));
  }

  private static Value nestedStruct(List<Value> parameters) throws Fault {
    Value.Struct struct = Parameters.struct(Parameters.only(parameters));
    for (String step : List.of("2000", "04", "01")) {
      struct = Parameters.struct(Parameters.member(struct, step));
    }
    return stooges(struct);
  }

  private static Value simpleStructReturn(List<Value> parameters) throws Fault {
    long number = Parameters.whole(Parameters.only(parameters));
    Map<String, Value> products = new LinkedHashMap<>();
    for (int factor : new int[] {10, 100, 1_000}) {
      products.put("times" + factor, new Value.Whole(Math.multiplyExact(number, factor)));
    }
    return new Value.Struct(products);
  }
}
