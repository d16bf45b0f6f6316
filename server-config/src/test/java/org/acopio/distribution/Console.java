package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.acopio.browser.Browser;
import org.acopio.browser.Look;
import org.acopio.demo.DemoFolder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The console of one server that all tests of the run share, filled with the demonstration's files,
 * and the browsers that a test opens. After a test its browsers are closed, and none of their pages
 * may have complained; of a test that failed a picture stays in {@code target/browser}.
 */
final class Console implements BeforeAllCallback, AfterEachCallback {
  private static final Path PICTURES = Path.of("target", "browser");

  private final List<Browser> browsers = new ArrayList<>();
  private @Nullable Shared shared;

  @Override
  public void beforeAll(ExtensionContext context) {
    shared =
        context
            .getRoot()
            .getStore(Namespace.create(Console.class))
            .getOrComputeIfAbsent(Shared.class, key -> Shared.start(), Shared.class);
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

  private void keepPictures(String name) {
    for (int i = 0; i < browsers.size(); i++) {
      browsers.get(i).screenshot(PICTURES.resolve(name.replace("()", "") + '-' + i + ".png"));
    }
  }

  ServerProcess server() {
    return Objects.requireNonNull(shared).server;
  }

  /** The address of a page by its name, such as {@code overview}. */
  URI page(String name) {
    return server().http("/console/" + name);
  }

  /** A browser that has been nowhere yet. */
  Browser browser(Look look) {
    Browser browser = Browser.open(look);
    browsers.add(browser);
    return browser;
  }

  /** A server with files on it, for the whole run. */
  private record Shared(ServerProcess server, Path folder) implements AutoCloseable {
    static Shared start() {
      try {
        Path folder = Files.createTempDirectory("acopio-console");
        ServerProcess server = ServerProcess.start(folder.resolve("data"));
        Shared shared = new Shared(server, folder);
        shared.fill();
        return shared;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    private void fill() throws IOException, InterruptedException {
      Path media = folder.resolve("media");
      DemoFolder.make(media);
      Collected.by(0, server.rmiAddress(), folder.resolve("journal"), media);
    }

    @Override
    public void close() throws IOException {
      server.close();
      try (Stream<Path> walk = Files.walk(folder)) {
        for (Path file : walk.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
