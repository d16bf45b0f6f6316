package org.acopio.client.command;

/** One command: its options, and what it does with them. */
interface Command {
  /** Its options. */
  Syntax syntax();

  /**
   * Does it.
   *
   * @throws UsageException when the arguments cannot be followed; nothing was done
   */
  Exit run(Syntax.Arguments arguments) throws UsageException;
}
