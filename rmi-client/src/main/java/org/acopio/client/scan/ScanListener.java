package org.acopio.client.scan;

/** Hears what happens while a PC is scanned. Called from one thread at a time. */
public interface ScanListener {
  /** Something that the person should know of. */
  default void noticed(Notice notice) {}

  /** The scan goes on; called now and then with the number of files looked at so far. */
  default void looked(long files) {}
}
