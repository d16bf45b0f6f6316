package org.acopio.client.command;

/** The codes that a command ends with; programs rely on them. */
enum Exit {
  /** All that was found is on the server, or the question was answered. */
  DONE(0),
  /** Something was not collected, or what came back is not what was sent. */
  PARTIAL(1),
  /** The command line asks for what cannot be done; nothing was done. */
  USAGE(2),
  /** No server answered, or it ended the conversation. */
  UNREACHABLE(3),
  /** The server refused the whole run. */
  REFUSED(4),
  /** The person interrupted or cancelled it. */
  INTERRUPTED(130);

  private final int code;

  Exit(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
