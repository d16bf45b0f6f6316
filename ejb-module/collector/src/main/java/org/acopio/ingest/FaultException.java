package org.acopio.ingest;

import java.io.Serial;

/** Bytes that cannot be answered as the protocol says. */
final class FaultException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final Fault fault;

  /**
   * @param message the value, the limit and the remedy, for the person at the client
   */
  FaultException(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  static FaultException malformed(String message) {
    return new FaultException(Fault.MALFORMED, message);
  }

  Fault fault() {
    return fault;
  }
}
