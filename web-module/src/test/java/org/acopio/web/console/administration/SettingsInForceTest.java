package org.acopio.web.console.administration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.acopio.config.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a setting is for is told in the person's language. */
class SettingsInForceTest {
  private static final Locale SPANISH = Locale.forLanguageTag("es");

  /** What is typed as it stands, whatever the language. */
  private static final Pattern VALUE =
      Pattern.compile("\\d+|PT?\\d+[A-Z]|\\boff\\b|jdbc:\\w+|(?:acopio|session)\\.[a-z.-]*[a-z]");

  @ParameterizedTest
  @EnumSource(Key.class)
  void bothLanguagesTellTheSameValues(Key key) {
    String english = SettingsInForce.sentence(key, Locale.ENGLISH);
    String spanish = SettingsInForce.sentence(key, SPANISH);
    assertEquals(key.sentence(), english);
    assertNotEquals(english, spanish);
    assertEquals(values(english), values(spanish), spanish);
  }

  private static List<String> values(String sentence) {
    return VALUE.matcher(sentence).results().map(MatchResult::group).sorted().toList();
  }

  @Test
  void nothingIsToldOfSettingsThatAreNotThere() {
    assertEquals(
        Arrays.stream(Key.values()).map(Key::key).collect(Collectors.toCollection(TreeSet::new)),
        new TreeSet<>(
            ResourceBundle.getBundle(SettingsInForce.class.getPackageName() + ".Settings", SPANISH)
                .keySet()));
  }
}
