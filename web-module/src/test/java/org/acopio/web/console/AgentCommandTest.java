package org.acopio.web.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentCommandTest {
  @ParameterizedTest
  @CsvSource({
    "pc-of-rosa, 1099, acopio collect --server pc-of-rosa",
    "pc-of-rosa, 40001, acopio collect --server pc-of-rosa:40001",
    "2001:db8::1, 1099, acopio collect --server [2001:db8::1]",
    "[2001:db8::1], 7, acopio collect --server [2001:db8::1]:7"
  })
  void commandNamesTheServerAsTheBrowserDoes(String host, int port, String command) {
    assertEquals(command, AgentCommand.collect(host, port));
  }
}
