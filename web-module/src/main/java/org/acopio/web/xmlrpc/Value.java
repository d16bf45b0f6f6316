package org.acopio.web.xmlrpc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value as it travels in XML-RPC. Immutable, to any depth. */
sealed interface Value {
  /** The name of its type for a person, such as {@code int}. */
  String type();

  /** {@code i4}, {@code int}, {@code i8} and Apache's {@code ex:i1}, {@code ex:i2}. */
  record Whole(long value) implements Value {
    /** Whether it can travel as an {@code int}, which every client knows. */
    boolean isInt() {
      return value == (int) value;
    }

    @Override
    public String type() {
      return isInt() ? "int" : "i8";
    }
  }

  /** Apache's {@code ex:biginteger}: digits with an optional sign. */
  record BigWhole(String decimal) implements Value {
    @Override
    public String type() {
      return "ex:biginteger";
    }
  }

  /** {@code boolean}. */
  record Bool(boolean value) implements Value {
    @Override
    public String type() {
      return "boolean";
    }
  }

  /** {@code string}, and what stands in a value without a type. */
  record Text(String value) implements Value {
    @Override
    public String type() {
      return "string";
    }
  }

  /** {@code double} and Apache's {@code ex:float}; finite. */
  record Real(double value) implements Value {
    @Override
    public String type() {
      return "double";
    }
  }

  /** Apache's {@code ex:bigdecimal}, in the digits in which it came. */
  record BigReal(String decimal) implements Value {
    @Override
    public String type() {
      return "ex:bigdecimal";
    }
  }

  /**
   * {@code dateTime.iso8601}, in the letters in which it came: the specification says nothing of
   * its zone.
   */
  record DateTime(String iso8601) implements Value {
    @Override
    public String type() {
      return "dateTime.iso8601";
    }
  }

  /** {@code base64}. */
  record Binary(byte[] bytes) implements Value {
    public Binary {
      bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
      return bytes.clone();
    }

    /** Its bytes as they are written. */
    String base64() {
      return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public String type() {
      return "base64";
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Binary binary && Arrays.equals(bytes, binary.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return "Binary[" + bytes.length + " bytes]";
    }
  }

  /** {@code struct}, its members in the order in which they came. */
  record Struct(Map<String, Value> members) implements Value {
    public Struct {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    @Override
    public String type() {
      return "struct";
    }
  }

  /** {@code array}. */
  record Array(List<Value> values) implements Value {
    public Array {
      values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    @Override
    public String type() {
      return "array";
    }
  }

  /** {@code nil} and Apache's {@code ex:nil}. */
  record Nil() implements Value {
    @Override
    public String type() {
      return "nil";
    }
  }
}
