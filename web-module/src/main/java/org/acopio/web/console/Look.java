package org.acopio.web.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the person wants to see pages: the language and the brightness that they chose, which a
 * cookie keeps, or else what their browser asks for.
 */
@Named
@RequestScoped
public class Look {
  /** The languages that there are; the first is for people who understand none of them. */
  static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.forLanguageTag("es"));

  private static final String LANGUAGE_COOKIE = "acopio-language";
  private static final String THEME_COOKIE = "acopio-theme";

  @Inject private HttpServletRequest request;

  /** The language of the page. */
  public Locale getLocale() {
    Optional<Locale> chosen =
        cookie(LANGUAGE_COOKIE)
            .flatMap(tag -> LANGUAGES.stream().filter(l -> l.getLanguage().equals(tag)).findAny());
    return chosen.orElseGet(() -> bestOf(Locale.LanguageRange.parse(asked())));
  }

  private String asked() {
    String header = request.getHeader("Accept-Language");
    return header == null || header.length() > 1_000 || !header.matches("[A-Za-z0-9*,;=. -]+")
        ? "*"
        : header;
  }

  private static Locale bestOf(List<Locale.LanguageRange> ranges) {
    Locale best = Locale.lookup(ranges, LANGUAGES);
    return best == null ? LANGUAGES.get(0) : best;
  }

  /** {@code light}, {@code dark}, or {@code auto}: as the person's system is. */
  public String getTheme() {
    return cookie(THEME_COOKIE).filter(List.of("light", "dark")::contains).orElse("auto");
  }

  private Optional<String> cookie(String name) {
    Cookie[] cookies = request.getCookies();
    return cookies == null
        ? Optional.empty()
        : Arrays.stream(cookies)
            .filter(cookie -> cookie.getName().equals(name))
            .map(Cookie::getValue)
            .findFirst();
  }
}
