package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.acopio.browser.Browser;
import org.acopio.browser.Look;
import org.acopio.console.LoginPage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The console of the {@link ConsoleServer}, and the people whom a test sends there. After a test
 * their browsers are closed, and none of their pages may have complained; of a test that failed a
 * picture stays in {@code target/browser}.
 */
final class Console implements BeforeAllCallback, AfterEachCallback {
  static final List<String> PAGES =
      List.of(
          "overview",
          "transfers",
          "sessions",
          "clients",
          "library",
          "endpoints",
          "trial",
          "administration");

  private static final Path PICTURES = Path.of("target", "browser");

  private final List<Browser> browsers = new ArrayList<>();
  private @Nullable ConsoleServer server;

  @Override
  public void beforeAll(ExtensionContext context) {
    Browser.need();
    server =
        context
            .getRoot()
            .getStore(Namespace.create(Console.class))
            .getOrComputeIfAbsent(
                ConsoleServer.class, key -> ConsoleServer.start(), ConsoleServer.class);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    try {
      if (context.getExecutionException().isPresent()) {
        keepPictures(
            context.getRequiredTestClass().getSimpleName() + '.' + context.getDisplayName());
      } else {
        browsers.forEach(browser -> assertEquals(List.of(), browser.complaints()));
      }
    } finally {
      browsers.forEach(Browser::close);
      browsers.clear();
    }
  }

  private void keepPictures(String test) {
    String name = test.replaceAll("[^\\w.-]+", "_");
    for (int i = 0; i < browsers.size(); i++) {
      browsers.get(i).screenshot(PICTURES.resolve(name + '-' + i + ".png"));
    }
  }

  ConsoleServer server() {
    return Objects.requireNonNull(server);
  }

  ServerProcess process() {
    return server().process();
  }

  /** The address of a page by its name, such as {@code overview}. */
  URI page(String name) {
    return process().http("/console/" + name);
  }

  /** A browser that has been nowhere yet. */
  Browser stranger(Look look) {
    Browser browser = Browser.open(look);
    browsers.add(browser);
    return browser;
  }

  /** The administrator, on a page. */
  Browser administrator(Look look, String page) {
    return enter(ConsoleServer.ADMINISTRATOR, look, page);
  }

  /** A viewer, on a page. */
  Browser viewer(Look look, String page) {
    return enter(ConsoleServer.VIEWER, look, page);
  }

  private Browser enter(String name, Look look, String page) {
    Browser browser = stranger(look);
    LoginPage.insteadOf(page(page), browser).enter(name, server().password(name));
    return browser;
  }
}
