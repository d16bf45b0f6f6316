package org.acopio.web.console;

import jakarta.json.JsonObject;

/**
 * Something that pages show as it changes. An application-scoped bean of this type is found by
 * itself; a page names it where it includes {@code live.xhtml}.
 */
public interface LiveTopic {
  /** Lower-case letters and hyphens; no other topic has it. */
  String name();

  /**
   * The state of the moment: figures, codes and names, no words, because it goes to browsers of
   * every language as it is. Called up to twice a second by one thread, and only while a page looks
   * on; takes milliseconds, and waits for nothing.
   */
  JsonObject snapshot();
}
