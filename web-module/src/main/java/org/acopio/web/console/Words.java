package org.acopio.web.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The sentences of the console in the language of the person whose request it is. */
@RequestScoped
public class Words {
  private static final ResourceBundle.Control NO_FALLBACK =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  private final Locale locale;

  @Inject
  Words(Look look) {
    this.locale = look.getLocale();
  }

  /** For CDI's proxy. */
  Words() {
    this.locale = Locale.ENGLISH;
  }

  /**
   * The sentence with this key, in the form of {@link MessageFormat}: a quote is written twice.
   *
   * @param area the package below this one whose bundle it is
   * @throws java.util.MissingResourceException when there is none
   */
  public String of(String area, String key, Object... values) {
    ResourceBundle bundle =
        ResourceBundle.getBundle(
            Words.class.getPackageName() + "." + area + ".Text", locale, NO_FALLBACK);
    return new MessageFormat(bundle.getString(key), locale).format(values);
  }
}
