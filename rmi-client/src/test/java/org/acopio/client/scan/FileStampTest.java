package org.acopio.client.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStampTest {
  @TempDir Path folder;

  @Test
  void whatAStampDoesNotKnowAgrees() {
    FileStamp full = new FileStamp(1, Instant.ofEpochSecond(2), 3, Instant.ofEpochSecond(4));
    assertTrue(full.agrees(new FileStamp(1, full.modified(), 0, Instant.EPOCH)));
    assertFalse(full.agrees(new FileStamp(1, full.modified(), 5, Instant.EPOCH)));
    assertFalse(full.agrees(new FileStamp(1, full.modified(), 3, Instant.ofEpochSecond(5))));
    assertFalse(full.agrees(new FileStamp(2, full.modified(), 3, full.changed())));
    assertFalse(full.agrees(new FileStamp(1, Instant.EPOCH, 3, full.changed())));
  }

  @Test
  void onlyRegularFilesHaveOne() throws Exception {
    Path file = Files.write(folder.resolve("file"), new byte[3]);
    assertEquals(3, FileStamp.of(file).size());
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertThrows(NotRegularFileException.class, () -> FileStamp.of(link));
    assertThrows(NotRegularFileException.class, () -> FileStamp.of(folder));
    assertThrows(NoSuchFileException.class, () -> FileStamp.of(folder.resolve("gone")));
  }
}
