package org.acopio.web.xmlrpc;

import java.util.List;

/** One call of one method. */
record Call(String method, List<Value> parameters) {
  Call {
    parameters = List.copyOf(parameters);
  }
}
