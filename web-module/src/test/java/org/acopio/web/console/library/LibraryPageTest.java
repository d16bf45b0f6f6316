package org.acopio.web.console.library;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command that the empty page offers. */
class LibraryPageTest {
  @ParameterizedTest
  @CsvSource({
    "localhost,1099,bin/acopio collect --server localhost:1099",
    "::1,40000,bin/acopio collect --server [::1]:40000",
    "[::1],1099,bin/acopio collect --server [::1]:1099"
  })
  void commandCanBeCopiedAsItIs(String host, int port, String expected) {
    assertEquals(expected, LibraryPage.command(host, port));
  }
}
