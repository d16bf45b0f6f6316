package org.acopio.client.scan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A name goes to the server as the PC has it, whatever its bytes are. */
@EnabledOnOs(OS.LINUX)
class WirePathTest {
  @TempDir Path folder;

  /** Lets a program that knows nothing of letters make something of this name, and finds it. */
  private Path made(String command, byte[] name) throws Exception {
    StringBuilder octal = new StringBuilder();
    for (byte each : name) {
      octal.append("\\0%03o".formatted(each & 0xff));
    }
    Process shell =
        new ProcessBuilder("sh", "-c", command + " \"$(printf %b \"$1\")\"", "sh", octal.toString())
            .directory(folder.toFile())
            .inheritIO()
            .start();
    assertEquals(0, shell.waitFor());
    return only(folder);
  }

  private static Path only(Path folder) throws IOException {
    try (DirectoryStream<Path> names = Files.newDirectoryStream(folder)) {
      return names.iterator().next();
    }
  }

  private byte[] below(byte[]... names) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(folder.toString().getBytes(StandardCharsets.US_ASCII));
    for (byte[] name : names) {
      bytes.write('/');
      bytes.writeBytes(name);
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "61", // a
        "20202e2041", // spaces, dots and case
        "c3b1", // one letter in two bytes
        "6ecc83", // the same letter, written apart
        "f09f9880", // outside the basic plane
        "efbfbd", // what stands for what is no text, as text
        "ff", // no text
        "c3", // half a letter
        "ff41c3b125253246ff", // no text, with letters and percent signs between
        "25666625", // percent signs that stand for nothing
        "5c3a2a3f0a0178", // what other systems do not allow
      })
  void bytesOfANameAreThoseOfThePc(String hex) throws Exception {
    byte[] name = HexFormat.of().parseHex(hex);
    assertArrayEquals(below(name), WirePath.of(made("touch --", name)));
  }

  @Test
  void folderHasNoSlashAtItsEndHoweverItIsCalled() throws Exception {
    byte[] name = {(byte) 0xfe, '.', (byte) 0xff};
    Path made = made("mkdir --", name);
    assertArrayEquals(below(name), WirePath.of(made));
    Files.createFile(made.resolve("a"));
    assertArrayEquals(below(name, new byte[] {'a'}), WirePath.of(only(made)));
  }

  @Test
  void rootIsASlash() {
    assertArrayEquals(new byte[] {'/'}, WirePath.of(Path.of("/")));
  }
}
