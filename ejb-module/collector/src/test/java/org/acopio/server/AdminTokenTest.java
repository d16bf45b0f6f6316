package org.acopio.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AdminTokenTest {
  @TempDir Path data;

  private String written() throws IOException {
    return Files.readString(data.resolve(AdminToken.FILE));
  }

  @Test
  void whoReadsTheFileHasTheToken() throws IOException {
    try (AdminToken token = AdminToken.make(data)) {
      String said = written();
      assertTrue(said.matches("[A-Za-z0-9_-]{43}"), said);
      assertTrue(token.matches(said));
      assertFalse(token.matches(said.substring(1)));
      assertFalse(token.matches(said + "x"));
      assertFalse(token.matches(""));
      assertFalse(token.matches("ñ"));
    }
    assertFalse(Files.exists(data.resolve(AdminToken.FILE)));
  }

  @Test
  void everyStartHasItsOwnEvenAfterACrash() throws IOException {
    AdminToken before = AdminToken.make(data);
    String old = written();
    try (AdminToken token = AdminToken.make(data)) {
      assertNotEquals(old, written());
      assertFalse(token.matches(old));
    }
    before.close();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void onlyTheOwnerReadsIt() throws IOException {
    Files.writeString(data.resolve(AdminToken.FILE), "left behind, readable by all");
    try (AdminToken token = AdminToken.make(data)) {
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(
              Files.getPosixFilePermissions(data.resolve(AdminToken.FILE))));
      assertTrue(token.matches(written()));
    }
  }

  @Test
  void folderIsMadeAndOneThatCannotBeIsNamed() throws IOException {
    AdminToken.make(data.resolve("new/folder")).close();
    Path file = Files.createFile(data.resolve("file"));
    var refused = assertThrows(IllegalStateException.class, () -> AdminToken.make(file));
    assertTrue(refused.getMessage().contains(file.toString()), refused::getMessage);
  }
}
