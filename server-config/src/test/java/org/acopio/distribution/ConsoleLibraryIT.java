package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipFile;
import org.acopio.browser.Browser;
import org.acopio.browser.Look;
import org.acopio.console.LibraryPage;
import org.acopio.console.TransfersPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** What was collected, found and looked at in a real browser. */
class ConsoleLibraryIT {
  @RegisterExtension static final Console CONSOLE = new Console();

  private static final String PHOTO = "tarta n.º 3.JPG";
  private static final byte[] SERIES = new byte[32];

  static {
    SERIES[0] = 55;
  }

  @TempDir Path temp;

  @Test
  void aPhotoIsFoundByAPartOfItsNameAndItsThumbnailIsSeen() {
    LibraryPage page = new LibraryPage(CONSOLE.viewer(Look.DESKTOP, "library"));
    page.view("gallery");
    page.search("tarta 3.jpg", PHOTO);
    assertEquals(List.of(PHOTO), page.names());
    assertTrue(page.thumbnailWidth(PHOTO) >= 64);
    assertTrue(page.thumbnailShowsSomething(PHOTO), "a thumbnail of many colours");
  }

  @Test
  void theFirstPageOfADocumentIsSeen() {
    LibraryPage page = new LibraryPage(CONSOLE.viewer(Look.DESKTOP, "library"));
    page.view("gallery");
    page.search("contrato", "Contrato de alquiler (firmado).pdf");
    page.thumbnailWidth("Contrato de alquiler (firmado).pdf");
    assertTrue(page.thumbnailShowsSomething("Contrato de alquiler (firmado).pdf"));
  }

  /** That the browser has nothing to complain of is seen after each test. */
  @Test
  void whatTheServerCannotDrawTheBrowserDrawsOrASignStandsForIt() {
    LibraryPage page = new LibraryPage(CONSOLE.viewer(Look.DESKTOP, "library"));
    page.view("gallery");
    page.search("olas", "olas.mp4");
    assertTrue(page.thumbnailWidth("olas.mp4") >= 64);
    assertTrue(page.thumbnailShowsSomething("olas.mp4"), "a frame of many colours");
    page.search(Undrawn.WORD, Undrawn.HEIC);
    assertEquals(Set.copyOf(Undrawn.ALL), Set.copyOf(page.names()));
    assertEquals(2, page.thumbnailWidth(Undrawn.AVIF));
    for (String name : List.of(Undrawn.HEIC, Undrawn.FILM, Undrawn.DAMAGED)) {
      page.awaitSign(name);
      page.open(name);
      page.awaitNothingToSee();
      page.closePreview();
    }
  }

  @Test
  void soundAndFilmPlayInPlaceFromAnySecond() {
    LibraryPage page = new LibraryPage(CONSOLE.viewer(Look.DESKTOP, "library"));
    page.search("nota de voz 1", "nota de voz 1.wav");
    page.open("nota de voz 1.wav");
    page.play(0.5);
    page.jump(3);
    page.closePreview();
    page.search("olas", "olas.mp4");
    page.open("olas.mp4");
    page.play(0.3);
    page.jump(1.5);
    page.closePreview();
  }

  @Test
  void thePreviewTellsWhatTheFileIsAndIsLeftByKeyboard() {
    Browser browser = CONSOLE.viewer(Look.DESKTOP, "library");
    LibraryPage page = new LibraryPage(browser);
    page.search("tarta 3.jpg", PHOTO);
    page.open(PHOTO);
    browser.await("the size in pixels", () -> page.previewText().contains("960 × 720"));
    assertTrue(page.previewText().matches("(?s).*\\b[0-9a-f]{64}\\b.*"), page::previewText);
    assertTrue(page.previewText().contains("127.0.0.1"), page::previewText);
    browser.press(Keys.ESCAPE);
    browser.await("no preview", () -> !browser.has("#library-preview[open]"));
    assertEquals("A", browser.focused().getTagName().toUpperCase(Locale.ROOT));
  }

  @Test
  void allThatWasFoundIsChosenAtOnceAndComesInOneZip() throws IOException {
    int files = 130;
    try (StepwiseSender pc =
        new StepwiseSender(CONSOLE.process().tcpPorts("ingest").get(0), "pc-serie", SERIES)) {
      for (int i = 0; i < files; i++) {
        byte[] content = ("\u0089PNG\r\n\u001a\n" + i).getBytes(StandardCharsets.ISO_8859_1);
        StepwiseSender.Sending file =
            pc.offer("/home/eva/serie/toma " + i + ".png", "image/png", content);
        for (int part = 0; part < 4; part++) {
          file.rest(part);
        }
        file.finish();
      }
      pc.end();
    }
    Browser browser = CONSOLE.viewer(Look.DESKTOP, "library");
    LibraryPage page = new LibraryPage(browser);
    page.search("eva serie", "toma 129.png");
    browser.click("#library-table tbody tr:nth-child(2) input");
    assertFalse(browser.find("#library-chosen").getText().contains("all 130"));
    browser.click("#library-all");
    browser.find("#library-chosen .words", "100 ");
    browser.click("#library-chosen [data-found]");
    browser.find("#library-chosen .words", "130 ");
    assertFalse(browser.find("#library-chosen").getText().contains("all 130"), "nothing is left");
    Path zip = browser.download("#library-chosen [data-zip]", temp);
    try (ZipFile entries = new ZipFile(zip.toFile())) {
      assertEquals(files, entries.size());
    }
  }

  @Test
  void namesAreTextWhereverTheyStand() throws IOException {
    Browser browser = CONSOLE.administrator(Look.DESKTOP, "library");
    LibraryPage library = new LibraryPage(browser);
    for (String view : List.of("table", "gallery")) {
      library.view(view);
      library.search("acopioWasFooled", HostileNames.IMAGE);
      assertTrue(library.names().contains(HostileNames.BROKEN_OUT), library.names()::toString);
      library.search("1+1", HostileNames.EXPRESSION);
    }
    library.open(HostileNames.EXPRESSION);
    assertTrue(library.previewText().contains(HostileNames.EXPRESSION), library::previewText);
    library.closePreview();
    library.search("acopioWasFooled", HostileNames.IMAGE);
    library.open(HostileNames.IMAGE);
    assertTrue(library.previewText().contains(HostileNames.IMAGE), library::previewText);
    assertUnfooled(browser);
    library.closePreview();
    for (String word : List.of("photo", "two", "long")) {
      browser.type("#library-search [name=q]", word);
      browser.await("one file", () -> library.names().size() == 1);
      String name = library.names().get(0);
      assertFalse(name.contains("\u202e") || name.contains("\n"), name);
    }
    Number width = (Number) browser.script("return document.documentElement.scrollWidth");
    assertTrue(width != null && width.intValue() <= 1280, "a long name does not widen the page");
    assertUnfooled(browser);
  }

  @Test
  void whatAClientCallsItselfAndItsFilesIsTextWhileItSends() throws IOException {
    Browser browser = CONSOLE.administrator(Look.DESKTOP, "transfers");
    TransfersPage page = new TransfersPage(browser);
    int ingest = CONSOLE.process().tcpPorts("ingest").get(0);
    byte[] picture = "GIF89a and some more".getBytes(StandardCharsets.US_ASCII);
    String pc = "<img src=x onerror=acopioWasFooled=3>";
    try (StepwiseSender sender = new StepwiseSender(ingest, pc, new byte[32])) {
      sender.offer("/tmp/" + HostileNames.IMAGE, "image/gif", picture);
      sender.offer("/tmp/" + HostileNames.LONG, "image/gif", picture);
      page.file(HostileNames.IMAGE);
      assertTrue(page.collection(pc).isDisplayed());
      for (String other : Console.PAGES) {
        browser.go(CONSOLE.page(other));
        browser.find("h1");
        assertUnfooled(browser);
      }
      sender.end();
    }
  }

  private static void assertUnfooled(Browser browser) {
    assertTrue(HostileNames.areText(browser), "a name became an element, or ran as script");
  }
}
