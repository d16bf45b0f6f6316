package org.acopio.launch;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs the server's own check in this process, without a container. */
final class OfflineCheck {
  private static final String CLASS = "org.acopio.server.OfflineCheck";

  /** The server's classes, over the container's; H2 is its own, the container's is older. */
  private static final class ServerClasses extends URLClassLoader {
    ServerClasses(URL[] jars) {
      super(jars, OfflineCheck.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("org.h2.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
  }

  private OfflineCheck() {}

  /** Returns what it came to, as JSON. Throws {@link AdminException} when it cannot be done. */
  static String run(
      Distribution distribution, boolean readData, boolean repair, Consumer<String> progress) {
    // What the database and its tools tell of themselves is for the log of a server.
    Logger.getLogger("").setLevel(Level.SEVERE);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader classes = new ServerClasses(jars(distribution))) {
      thread.setContextClassLoader(classes);
      return (String)
          classes
              .loadClass(CLASS)
              .getMethod(
                  "run", Properties.class, Map.class, boolean.class, boolean.class, Consumer.class)
              .invoke(null, System.getProperties(), System.getenv(), readData, repair, progress);
    } catch (InvocationTargetException e) {
      // The server's own words say more than what caused them.
      Throwable cause = e.getCause();
      String why =
          cause instanceof IllegalStateException && cause.getMessage() != null
              ? cause.getMessage()
              : Failure.message(cause);
      throw Check.cannot(why.replaceAll("[.]$", "") + ".", e);
    } catch (IOException | ReflectiveOperationException e) {
      throw Check.cannot("The distribution is damaged: " + e + ".", e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** The application's and the adapter's, as the container would show them to the application. */
  private static URL[] jars(Distribution distribution) throws IOException {
    List<URL> jars = new ArrayList<>();
    add(distribution.webApplication().resolve("WEB-INF/lib"), jars);
    add(distribution.resourceAdapter(), jars);
    return jars.toArray(URL[]::new);
  }

  private static void add(Path folder, List<URL> jars) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
      for (Path file : files) {
        jars.add(url(file));
      }
    }
  }

  private static URL url(Path file) throws MalformedURLException {
    return file.toUri().toURL();
  }
}
