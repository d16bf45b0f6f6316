package org.acopio.launch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * The folder that was unpacked, found from where this class was loaded.
 *
 * <pre>
 * bin/                        start scripts
 * lib/agent/*.jar             the agent
 * lib/server/acopio-server.jar  this launcher; its manifest names the container's jar
 * lib/server/payara.jar       Payara Micro, its 320 jars in one
 * lib/server/config/          what a container root starts from
 * lib/server/apps/acopio-socket, acopio   the resource adapter and the web application, unpacked
 * </pre>
 */
record Distribution(Path launcherJar) {

  static Distribution here() {
    try {
      return new Distribution(
          Path.of(Distribution.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The launcher does not know where it is", e);
    }
  }

  Path server() {
    return launcherJar.resolveSibling("");
  }

  Path home() {
    return server().resolve("../..").normalize();
  }

  Path agent() {
    return home().resolve("lib/agent");
  }

  Path config() {
    return server().resolve("config");
  }

  Path resourceAdapter() {
    return server().resolve("apps/acopio-socket");
  }

  Path webApplication() {
    return server().resolve("apps/acopio");
  }

  /** The version in the launcher's manifest. */
  String version() {
    try (InputStream in =
        Distribution.class.getClassLoader().getResourceAsStream(JarFile.MANIFEST_NAME)) {
      String version = new Manifest(in).getMainAttributes().getValue("Implementation-Version");
      return version == null ? "unknown" : version;
    } catch (IOException e) {
      return "unknown";
    }
  }
}
