package org.acopio.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.acopio.collect.Incident.Code;
import org.acopio.collect.Incidents.Subject;
import org.acopio.remote.FilePath;
import org.junit.jupiter.api.Test;

class IncidentsTest {
  private static final Subject PC = new Subject(7, "192.0.2.17", "PC");

  private final Incidents incidents = new Incidents();

  private void add(Code code, String path) {
    incidents.add(Server.NOW, PC, path, code, "why");
  }

  @Test
  void newestComeFirst() {
    add(Code.CHANGED, "/a");
    add(Code.NOT_MEDIA, "/b");
    assertEquals(List.of("/b", "/a"), incidents.newest(9).stream().map(Incident::path).toList());
    assertEquals(List.of("/b"), incidents.newest(1).stream().map(Incident::path).toList());
  }

  @Test
  void onlyTheLastAreKeptButAllAreCounted() {
    for (int i = 0; i <= Incidents.CAPACITY; i++) {
      add(Code.CORRUPT_BLOCK, "/" + i);
    }
    List<Incident> kept = incidents.newest(Integer.MAX_VALUE);
    assertEquals(Incidents.CAPACITY, kept.size());
    assertEquals("/1", kept.get(Incidents.CAPACITY - 1).path());
    assertEquals(Map.of(Code.CORRUPT_BLOCK, 501L), incidents.counts());
  }

  @Test
  void detailIsCutAndHarmless() {
    incidents.add(Server.NOW, PC, "", Code.UNAVAILABLE, "a\u0000\u202e" + "x".repeat(2_000));
    String detail = incidents.newest(1).get(0).detail();
    assertEquals(400, detail.length());
    assertEquals("a\ufffd\ufffdx", detail.substring(0, 4));
  }

  @Test
  void longPathKeepsItsName() {
    String shown = ShownPath.of(FilePath.of("/long".repeat(1_000) + "/\r\nphoto.jpg"));
    assertEquals(FileProgress.MAX_PATH, shown.length());
    assertEquals('\u2026', shown.charAt(0));
    assertEquals("/\ufffd\ufffdphoto.jpg", shown.substring(shown.lastIndexOf('/')));
  }
}
