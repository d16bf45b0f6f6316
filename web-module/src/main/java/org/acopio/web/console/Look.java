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
import org.acopio.web.problem.Languages;

/**
 * How the person wants to see pages: the language and the brightness that they chose, which a
 * cookie keeps, or else what their browser asks for.
 */
@Named
@RequestScoped
public class Look {
  private static final String LANGUAGE_COOKIE = "acopio-language";
  private static final String THEME_COOKIE = "acopio-theme";

  @Inject private HttpServletRequest request;

  /** The language of the page. */
  public Locale getLocale() {
    Optional<Locale> chosen =
        cookie(LANGUAGE_COOKIE)
            .flatMap(
                tag -> Languages.ALL.stream().filter(l -> l.getLanguage().equals(tag)).findAny());
    return chosen.orElseGet(() -> Languages.of(request.getHeader("Accept-Language")));
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
