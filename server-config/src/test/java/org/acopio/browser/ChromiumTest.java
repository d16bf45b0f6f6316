package org.acopio.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Which programs count as a browser; shell scripts stand for them. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the programs are shell scripts")
class ChromiumTest {
  @TempDir Path temp;

  @Test
  void aProgramThatShowsAPageIsOne() throws IOException {
    assertEquals(
        Optional.empty(),
        Chromium.whyNot(program("echo '<html><body><p>works</p></body></html>'")));
  }

  @Test
  void aProgramWhoseLibrariesAreMissingIsNone() throws IOException {
    String said = "chrome: error while loading shared libraries: libnss3.so: cannot open";
    Optional<String> reason = Chromium.whyNot(program("echo '" + said + "' >&2; exit 127"));
    assertEquals(Optional.of("it ended with 127: " + said), reason);
  }

  @Test
  void aProgramThatOnlyKnowsItsVersionIsNone() throws IOException {
    assertEquals(
        Optional.of("it ended with 0: Chromium 140.0.1.2"),
        Chromium.whyNot(program("echo Chromium 140.0.1.2")));
  }

  @Test
  void aFileThatCannotBeRunIsNone() throws IOException {
    Path text = Files.writeString(temp.resolve("chrome"), "no program");
    assertTrue(Chromium.whyNot(text).orElseThrow().contains("chrome"));
  }

  @Test
  void whatNamesABrokenProgramIsToldWhy() throws IOException {
    Path broken = program("echo 'libnss3.so is missing'; exit 127");
    NoBrowserException refusal =
        assertThrows(NoBrowserException.class, () -> Chromium.named(broken.toString()));
    assertTrue(
        String.valueOf(refusal.getMessage())
            .endsWith("which does not start (it ended with 127: libnss3.so is missing)"),
        refusal::getMessage);
  }

  private Path program(String commands) throws IOException {
    Path script = Files.writeString(temp.resolve("browser"), "#!/bin/sh\n" + commands + "\n");
    assertTrue(script.toFile().setExecutable(true));
    return script;
  }
}
