package org.acopio.web.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.acopio.catalog.FileDetails;
import org.acopio.library.FilePage;
import org.acopio.media.MediaKind;
import org.acopio.remote.FilePath;
import org.acopio.remote.Receipt;
import org.acopio.remote.Sha256;
import org.acopio.remote.StoredFile;
import org.junit.jupiter.api.Test;

/** The words of the answers, which programs rely on. */
class FileJsonTest {
  private static final Sha256 DIGEST = Sha256.parse("ab".repeat(32));

  private static FileDetails file(long number, String path, String mediaType) {
    Receipt receipt =
        new Receipt(
            number, DIGEST, 42, 1, "192.0.2.7/x", Instant.parse("2026-11-21T10:15:30.123456789Z"));
    return new FileDetails(
        new StoredFile(
            FilePath.of(path), Instant.parse("2026-08-02T17:11:09Z"), mediaType, receipt),
        3,
        DIGEST,
        "pc-\"ana\"",
        5,
        "192.0.2.7",
        12,
        2);
  }

  @Test
  void fileHasTheseFields() {
    assertEquals(
        "{\"number\":7,\"name\":\"<img>.jpg\",\"path\":\"/home/ana/<img>.jpg\",\"kind\":\"image\","
            + "\"mediaType\":\"image/jpeg\",\"size\":42,\"modified\":\"2026-08-02T17:11:09Z\","
            + "\"stored\":\"2026-11-21T10:15:30.123456789Z\",\"sha256\":\""
            + DIGEST
            + "\",\"version\":1,\"newestVersion\":2,\"client\":\"192.0.2.7\",\"agent\":3,"
            + "\"agentId\":\""
            + DIGEST
            + "\",\"hostName\":\"pc-\\\"ana\\\"\",\"collection\":12,"
            + "\"storedAs\":\"192.0.2.7/x\"}",
        FileJson.file(file(7, "/home/ana/<img>.jpg", "image/jpeg")).build().toString());
  }

  @Test
  void nameIsTheLastPartOfThePathAndAnythingElseIsOther() {
    JsonObject file = FileJson.file(file(7, "lone", "text/plain")).build();
    assertEquals("lone", file.getString("name"));
    assertEquals("other", file.getString("kind"));
  }

  @Test
  void pageHasFiguresOfEverythingFound() {
    FilePage page =
        new FilePage(
            List.of(new FilePage.Found(file(7, "a", "application/pdf"), 4)),
            100,
            5_000,
            Map.of(MediaKind.PDF, 100L),
            9,
            1);
    JsonObject json = FileJson.page(page);
    assertEquals(100, json.getInt("matching"));
    assertEquals(5_000, json.getInt("bytes"));
    assertEquals(9, json.getInt("upTo"));
    assertEquals(1, json.getInt("forgotten"));
    assertEquals(100, json.getJsonObject("kinds").getInt("pdf"));
    assertEquals(0, json.getJsonObject("kinds").getInt("video"));
    assertEquals(4, json.getJsonArray("files").getJsonObject(0).getInt("copies"));
  }

  @Test
  void listSaysWhetherThereIsMore() {
    List<FileDetails> two = List.of(file(1, "a", "image/png"), file(2, "b", "image/png"));
    assertFalse(FileJson.list("versions", two, 2).getBoolean("more"));
    JsonObject cut = FileJson.list("versions", two, 1);
    assertTrue(cut.getBoolean("more"));
    assertEquals(1, cut.getJsonArray("versions").size());
  }
}
