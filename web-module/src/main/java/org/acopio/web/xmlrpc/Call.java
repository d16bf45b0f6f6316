package org.acopio.web.xmlrpc;

import java.util.List;

/**
 * One call of one method.
 *
 * @param extended whether the client declared Apache's types, and so knows {@code ex:i8} and {@code
 *     ex:nil} where others know {@code i8} and {@code nil}
 */
record Call(String method, List<Value> parameters, boolean extended) {
  Call {
    parameters = List.copyOf(parameters);
  }
}
