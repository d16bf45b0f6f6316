package org.acopio.library;

import java.util.function.ToLongFunction;
import org.acopio.catalog.FileFacts;

/** The numbers that are kept of each file. */
enum Column {
  NUMBER(FileFacts::number),
  AGENT(FileFacts::agent),
  CLIENT(FileFacts::client),
  SIZE(FileFacts::size),
  MODIFIED(file -> file.modified().getEpochSecond()),
  STORED(file -> file.storedAt().getEpochSecond());

  static final int COUNT = values().length;

  final ToLongFunction<FileFacts> of;

  Column(ToLongFunction<FileFacts> of) {
    this.of = of;
  }
}
