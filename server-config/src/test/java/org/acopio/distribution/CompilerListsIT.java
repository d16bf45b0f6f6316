package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The JVM takes what the distribution tells its compilers. It passes by in silence what it does not
 * understand, as the scripts have switched its own words off.
 */
class CompilerListsIT {
  @ParameterizedTest
  @ValueSource(strings = {"agent", "server"})
  void isReadToTheLastPattern(String program) throws IOException, InterruptedException {
    Path settings = Distribution.home().resolve("lib").resolve(program);
    Process java =
        new ProcessBuilder(
                Distribution.java().toString(),
                "@" + settings.resolve("jvm.options"),
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:CompilerDirectivesFile=" + settings.resolve("compiler.json"),
                "-version")
            .redirectErrorStream(true)
            .start();

    String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertEquals(0, java.waitFor(), said);
    assertTrue(said.contains("compiler directives added"), said);
    assertTrue(said.lines().noneMatch(line -> line.contains("error")), said);
  }
}
