package org.acopio.client.command;

import org.acopio.client.scan.Journal;

/**
 * What happens when the person presses Ctrl-C, or the system ends the process, during a run: the
 * journal keeps what was learnt, and the person hears what is safe. The JVM then ends with 128 and
 * the signal's number, which is 130 for Ctrl-C and 143 for SIGTERM. A shutdown hook is not told
 * which it was, so what it says is 130.
 */
final class Interruption {
  private final Thread hook;
  private boolean over;

  Interruption(Terminal terminal, CollectView view, Journal journal, CollectCommand.Events events) {
    this.hook =
        new Thread("acopio-interrupted") {
          @Override
          public void run() {
            synchronized (Interruption.this) {
              if (!over) {
                journal.close();
                view.error(terminal.text("collect.interrupted", events.safe()), Exit.INTERRUPTED);
              }
            }
          }
        };
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** The run is over, whichever way. */
  synchronized void over() {
    if (!over) {
      over = true;
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process is ending already, and the hook sees that there is nothing to do.
        return;
      }
    }
  }
}
