package org.acopio.web.xmlrpc;

/** What went wrong, in the numbers of the specification for fault code interoperability. */
enum FaultCode {
  /** The document is no well-formed XML, or its bytes are none of its encoding. */
  NOT_WELL_FORMED(-32_700),
  /** The document is XML, but no call that this server takes. */
  NOT_A_CALL(-32_600),
  /** There is no such method. */
  NO_SUCH_METHOD(-32_601),
  /** The method does not take these parameters. */
  WRONG_PARAMETERS(-32_602),
  /** The method failed. */
  FAILED(-32_500);

  private final int number;

  FaultCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
