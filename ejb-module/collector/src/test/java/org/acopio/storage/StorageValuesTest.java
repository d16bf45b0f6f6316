package org.acopio.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.acopio.storage.StorageException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a store is told, and what it tells. */
class StorageValuesTest {
  private static StorageSettings settings(int syncThreads, int openFiles, int partialDays) {
    return new StorageSettings(Path.of("store"), syncThreads, openFiles, partialDays);
  }

  @Test
  void settingsHaveLimits() {
    settings(1, 16, 0);
    settings(256, 100_000, 3_650);
    refused("sync-threads is 0", 0, 16, 0);
    refused("sync-threads is 257", 257, 16, 0);
    refused("open-files is 15", 1, 15, 0);
    refused("open-files is 100001", 1, 100_001, 0);
    refused("partial-days is -1", 1, 16, -1);
    refused("partial-days is 3651", 1, 16, 3_651);
  }

  private static void refused(String what, int syncThreads, int openFiles, int partialDays) {
    var refusal =
        assertThrows(
            IllegalArgumentException.class, () -> settings(syncThreads, openFiles, partialDays));
    assertTrue(String.valueOf(refusal.getMessage()).contains(what), refusal::getMessage);
  }

  @ParameterizedTest
  @CsvSource({
    "No space left on device, FULL",
    "Disk quota exceeded, FULL",
    "There is not enough space on the disk, FULL",
    "Read-only file system, READ_ONLY",
    "Input/output error, BROKEN",
    "The media is write protected, READ_ONLY",
    "The request could not be performed because of an I/O device error, BROKEN",
    "No queda espacio en el dispositivo, FULL",
    "Se ha excedido la cuota de disco, FULL",
    "Espacio en disco insuficiente, FULL",
    "Sistema de ficheros de sólo lectura, READ_ONLY",
    "El medio está protegido contra escritura, READ_ONLY",
    "Error de entrada/salida, BROKEN",
    "Stale file handle, FAILED"
  })
  void failureOfTheDiskIsToldByItsKind(String text, Reason reason) {
    for (IOException cause :
        new IOException[] {new IOException(text), new FileSystemException("/x", null, text)}) {
      StorageException told = StorageException.of("a block cannot be written", cause);
      assertEquals(reason, told.reason());
      assertTrue(String.valueOf(told.getMessage()).startsWith("a block cannot be written: "));
      assertEquals(cause, told.getCause());
      assertEquals(text, told.said());
    }
  }

  /** In whatever language: nothing is compared with words that stand in a program. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void whatThisSystemSaysOfADiskIsLearntFromFilesThatFail() {
    IOException full =
        assertThrows(IOException.class, () -> Files.write(Path.of("/dev/full"), new byte[1]));
    assertEquals(full.getMessage(), DiskWords.whenFull());
    assertEquals(Reason.FULL, StorageException.of("x", full).reason());
    IOException broken =
        assertThrows(IOException.class, () -> Files.readAllBytes(Path.of("/proc/self/mem")));
    assertEquals(broken.getMessage(), DiskWords.whenBroken());
    assertEquals(Reason.BROKEN, StorageException.of("x", broken).reason());
    var noFolder =
        assertThrows(FileSystemException.class, () -> Files.size(Path.of("/dev/null/x")));
    assertEquals(noFolder.getReason(), DiskWords.whenNoFolder());
    assertTrue(DiskWords.sayNotAFolder(noFolder));
  }

  /** Its first failure is often that of a thread that somebody interrupted. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void interruptedThreadLearnsWhatEveryOtherDoes() {
    String full = DiskWords.whenFull();
    String broken = DiskWords.whenBroken();
    Thread.currentThread().interrupt();
    assertEquals(full, DiskWords.whenFull());
    assertEquals(broken, DiskWords.whenBroken());
    assertTrue(Thread.interrupted(), "and stays interrupted");
    assertFalse(full.isEmpty() || broken.isEmpty());
  }

  @Test
  void theNameOfAFileSaysNothingOfTheDisk() {
    IOException failure = new FileSystemException("/no space left/Not a directory", null, "busy");
    assertEquals(Reason.FAILED, StorageException.of("x", failure).reason());
    assertFalse(DiskWords.sayNotAFolder(failure));
  }

  @Test
  void failureWithoutWordsIsOneToo() {
    assertEquals(Reason.FAILED, StorageException.of("x", new IOException()).reason());
    assertEquals(
        "AccessDeniedException: /x",
        StorageException.of("x", new AccessDeniedException("/x")).said());
    assertEquals("stopping", new StorageException(Reason.FAILED, "stopping").said());
  }

  @Test
  void nothingIsToDoOnlyWhenNothingWasFound() {
    assertTrue(new RepairReport(0, 0, 0, 0, 0, 0, 0, 0).nothingToDo());
    assertFalse(new RepairReport(1, 0, 0, 0, 0, 0, 0, 0).nothingToDo());
    assertFalse(new RepairReport(0, 0, 1, 0, 0, 0, 0, 0).nothingToDo());
    assertFalse(new RepairReport(0, 0, 0, 1, 0, 0, 0, 0).nothingToDo());
    assertFalse(new RepairReport(0, 0, 0, 0, 1, 0, 0, 0).nothingToDo());
    assertFalse(new RepairReport(0, 0, 0, 0, 0, 0, 1, 0).nothingToDo());
    assertFalse(new RepairReport(0, 0, 0, 0, 0, 0, 0, 1).nothingToDo());
    assertEquals(
        "1 uploads can go on (2 bytes kept), 3 were complete, 4 were taken back before their commit,"
            + " 5 were given up after a long silence (6 bytes), 7 stray files deleted, 8 torn bytes"
            + " of the journal dropped",
        new RepairReport(1, 2, 3, 4, 5, 6, 7, 8).toString());
  }

  @Test
  void digestIsKnownOnlyOfAWholeFile() {
    Content content = Content.of(10, 1);
    RunningDigest running = new RunningDigest(10);
    running.pass(content.slice(0, 9));
    assertEquals(9, running.position());
    assertThrows(IllegalStateException.class, running::digest);
    assertThrows(IllegalStateException.class, running::partChecksums);
    ByteBuffer last = content.slice(9, 10);
    running.pass(last);
    assertFalse(last.hasRemaining());
    assertEquals(content.digest(), running.digest());
    assertEquals(content.digest(), running.digest(), "also when it is asked for again");
  }
}
