package org.acopio.client.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.acopio.client.scan.JournalException;
import org.acopio.client.scan.Notice;
import org.acopio.client.send.FileResult.Outcome;
import org.acopio.client.send.FileTrouble;
import org.acopio.client.send.ParityRefusedException;
import org.acopio.client.send.ServerTrouble;
import org.acopio.client.talk.TalkException;
import org.acopio.media.MediaKind;
import org.junit.jupiter.api.Test;

class MessagesTest {
  private static final Pattern PLACE = Pattern.compile("\\{\\d}");

  private static Properties bundle(String name) throws Exception {
    Properties bundle = new Properties();
    try (Reader in =
        new InputStreamReader(Messages.class.getResourceAsStream(name), StandardCharsets.UTF_8)) {
      bundle.load(in);
    }
    return bundle;
  }

  private static TreeSet<String> places(String text) {
    TreeSet<String> places = new TreeSet<>();
    Matcher matcher = PLACE.matcher(text);
    while (matcher.find()) {
      places.add(matcher.group());
    }
    return places;
  }

  @Test
  void bothLanguagesSayTheSameThings() throws Exception {
    Properties english = bundle("Messages.properties");
    Properties spanish = bundle("Messages_es.properties");
    assertEquals(
        new TreeSet<>(english.stringPropertyNames()), new TreeSet<>(spanish.stringPropertyNames()));
    for (String key : english.stringPropertyNames()) {
      assertEquals(places(english.getProperty(key)), places(spanish.getProperty(key)), key);
      assertFalse(spanish.getProperty(key).isBlank(), key);
    }
  }

  @Test
  void eachConstantThatPeopleSeeHasWords() {
    Messages messages = Messages.of(Locale.ENGLISH);
    for (Notice.Kind kind : Notice.Kind.values()) {
      messages.text("notice." + kind);
    }
    for (MediaKind kind : MediaKind.values()) {
      messages.text("kind." + kind);
    }
    for (Outcome outcome : Outcome.values()) {
      messages.text("outcome." + outcome);
    }
    for (JournalException.Kind kind : JournalException.Kind.values()) {
      messages.text("journal." + kind);
    }
    for (ServerTrouble.Code code : ServerTrouble.Code.values()) {
      messages.text("server." + code);
    }
    for (FileTrouble.Code code : FileTrouble.Code.values()) {
      messages.text("file." + code);
    }
    for (TalkException.Kind kind : TalkException.Kind.values()) {
      messages.text(TroubleText.key(kind));
    }
    for (ParityRefusedException.Reason reason : ParityRefusedException.Reason.values()) {
      messages.text("parity.refused." + reason);
    }
  }

  @Test
  void valuesAreNeverReadAsPlaces() {
    Messages messages = Messages.of(Locale.ENGLISH);
    assertEquals("{1} is {0}", messages.text("parity.answer", "{1}", "{0}"));
    assertEquals("kind {9}", messages.text("parity.answer", "kind", "{9}").replace(" is", ""));
    assertThrows(IllegalArgumentException.class, () -> messages.text("no.such.key"));
  }

  @Test
  void languageComesFromTheEnvironment() {
    assertEquals("es", Languages.of(Map.of("LANG", "es_MX.UTF-8")).getLanguage());
    assertEquals("es", Languages.of(Map.of("LANG", "en_US", "LC_ALL", "es")).getLanguage());
    assertEquals("en", Languages.of(Map.of("LANG", "es_ES", "LC_ALL", "en_GB@x")).getLanguage());
    assertEquals(Locale.getDefault(), Languages.of(Map.of("LC_ALL", "C.UTF-8", "LANG", "es")));
    assertEquals(Locale.getDefault(), Languages.of(Map.of()));
  }
}
