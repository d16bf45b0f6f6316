package org.acopio.web.console.administration;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.acopio.config.Key;
import org.acopio.config.SettingInForce;
import org.acopio.web.console.Look;
import org.eclipse.microprofile.config.ConfigProvider;

/** Every setting with its value and who said so, on the page. */
@Named
@RequestScoped
public class SettingsInForce {
  @Inject private Look look;

  /** In the order of the documents. */
  public List<SettingInForce> getAll() {
    return SettingInForce.all(ConfigProvider.getConfig());
  }

  /** How many are not as they come. */
  public long getChanged() {
    return getAll().stream()
        .filter(setting -> setting.source() != SettingInForce.Source.DEFAULT)
        .count();
  }

  /** What the setting is for, in the person's language. */
  public String sentence(SettingInForce setting) {
    return sentence(setting.key(), look.getLocale());
  }

  /** English is what the key says itself. */
  static String sentence(Key key, Locale language) {
    return language.getLanguage().equals(Locale.ENGLISH.getLanguage())
        ? key.sentence()
        : ResourceBundle.getBundle(SettingsInForce.class.getPackageName() + ".Settings", language)
            .getString(key.key());
  }
}
