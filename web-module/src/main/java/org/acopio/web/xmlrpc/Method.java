package org.acopio.web.xmlrpc;

import java.util.List;

/**
 * A method that can be called, and what is told about it.
 *
 * @param signatures each the type that it returns and then those of its parameters
 * @param help one or two sentences for a person
 */
record Method(String name, List<List<String>> signatures, String help, Body body) {
  Method {
    signatures = signatures.stream().map(List::copyOf).toList();
  }

  /** What it does. Called by any number of threads at once. */
  interface Body {
    Value call(List<Value> parameters) throws Fault;
  }

  static Fault wrongParameters(String message) {
    return new Fault(FaultCode.WRONG_PARAMETERS, message);
  }
}
