package org.acopio.session;

/** How a message ended on the wire; its answer ends the same way. */
enum LineEnd {
  /** The read was over. */
  NONE(""),
  LF("\n"),
  CRLF("\r\n");

  private final String text;

  LineEnd(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
