package org.acopio.library;

/** What a list of files can be sorted by, ascending. Files that are alike follow by number. */
public enum FileSort {
  /** As people sort names: without case or accents, and 9 before 10. */
  NAME,
  /** The whole path, in the same way. */
  PATH,
  /** Images, documents, audio, video. */
  KIND,
  SIZE,
  /** When the content last changed on its PC, to the second. */
  MODIFIED,
  /** When it was stored, to the second. */
  STORED
}
