package org.acopio.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.acopio.launch.http.HttpLimits;
import org.glassfish.embeddable.BootstrapProperties;
import org.glassfish.embeddable.CommandResult;
import org.glassfish.embeddable.CommandResult.ExitStatus;
import org.glassfish.embeddable.GlassFish;
import org.glassfish.embeddable.GlassFish.Status;
import org.glassfish.embeddable.GlassFishException;
import org.glassfish.embeddable.GlassFishProperties;
import org.glassfish.embeddable.GlassFishRuntime;

/** Payara Micro in this JVM: started with its HTTP listener, given its applications, stopped. */
final class Container {
  /**
   * What Payara Micro's own launcher sets ({@code MICRO-INF/payara-boot.properties}), without its
   * preference for IPv4: {@code --bind} may name an IPv6 address.
   */
  private static final Map<String, String> BOOT =
      Map.ofEntries(
          Map.entry("ANTLR_USE_DIRECT_CLASS_LOADING", "true"),
          Map.entry(
              "com.sun.enterprise.config.config_environment_factory_class",
              "com.sun.enterprise.config.serverbeans.AppserverConfigEnvironmentFactory"),
          Map.entry("com.ctc.wstx.returnNullForDefaultNamespace", "true"),
          Map.entry("fish.payara.jts.RecoveryResynchTimeout", "30"),
          Map.entry("java.awt.headless", "true"),
          Map.entry("jdk.corba.allowOutputStreamSubclass", "true"),
          Map.entry("jdk.tls.rejectClientInitiatedRenegotiation", "true"),
          Map.entry(
              "org.glassfish.grizzly.DEFAULT_MEMORY_MANAGER",
              "org.glassfish.grizzly.memory.HeapMemoryManager"),
          Map.entry(
              "org.glassfish.grizzly.nio.DefaultSelectorHandler.force-selector-spin-detection",
              "true"),
          Map.entry("org.glassfish.startupThreadPolicy", "FULLY_THREADED"),
          Map.entry("org.jboss.weld.serialization.beanIdentifierIndexOptimization", "false"),
          Map.entry("product.name", "Payara Micro"));

  /** The most requests that are served at once; the application tells it to people. */
  private static final int HTTP_THREADS = 200;

  private final GlassFish server;

  private Container(GlassFish server) {
    this.server = server;
  }

  /**
   * Starts an empty container whose HTTP listener is open when this returns.
   *
   * @param log folder of the access log
   * @param limits of its HTTP ports
   * @param https what its other listener will be like, if there is to be one
   */
  static Container start(
      ContainerRoot root,
      Path launcherJar,
      Path log,
      String address,
      int port,
      HttpLimits limits,
      Optional<Https> https) {
    BOOT.forEach(Container::setUnlessSet);
    String folder = root.path().toString();
    System.setProperty("com.sun.aas.instanceRoot", folder);
    System.setProperty("com.sun.aas.instanceRootURI", root.path().toUri().toString());
    System.setProperty("com.sun.aas.installRoot", folder);
    System.setProperty("com.sun.aas.installRootURI", root.path().toUri().toString());
    // Where the container reads the list of its own jars: the manifest's Class-Path.
    System.setProperty("fish.payara.micro.BootJar", launcherJar.toUri().toString());
    setUnlessSet("java.security.auth.login.config", root.config("login.conf").toString());
    setUnlessSet("java.security.policy", root.config("server.policy").toString());
    setUnlessSet("javax.net.ssl.keyStore", root.config("keystore.p12").toString());
    setUnlessSet("javax.net.ssl.trustStore", trusted(root).toString());
    // Filled into server.policy by the JVM.
    System.setProperty("org.acopio.launch.lib", folderOf(launcherJar));
    limits.asProperties().forEach(System::setProperty);
    // Filled into domain.xml by the container.
    System.setProperty("org.acopio.launch.log", log.toString());
    System.setProperty("acopio.http.threads.actual", Integer.toString(HTTP_THREADS));
    System.setProperty("org.acopio.launch.http.address", address);
    System.setProperty("org.acopio.launch.http.port", Integer.toString(port));
    System.setProperty(
        "org.acopio.launch.https.port",
        Integer.toString(https.map(Https::port).orElse(Settings.DEFAULT_HTTPS_PORT)));
    System.setProperty("org.acopio.launch.https.store", Https.store(root).toString());
    System.setProperty("org.acopio.launch.https.password", https.map(Https::password).orElse(""));
    try {
      return new Container(boot(root));
    } catch (GlassFishException e) {
      throw new StartException("The container does not start: " + Failure.message(e), e);
    }
  }

  /** The folder of the jars as a policy file names it, with the slash at its end. */
  private static String folderOf(Path jar) {
    return jar.toAbsolutePath().resolveSibling("").toUri().toString();
  }

  private static GlassFish boot(ContainerRoot root) throws GlassFishException {
    BootstrapProperties bootstrap = new BootstrapProperties();
    bootstrap.setInstallRoot(root.path().toString());
    bootstrap.setProperty("GlassFish_Platform", "PayaraMicro");
    GlassFishProperties properties = new GlassFishProperties();
    properties.setProperty("-type", "MICRO");
    properties.setInstanceRoot(root.path().toString());
    properties.setConfigFileReadOnly(false);
    properties.setConfigFileURI(root.config("domain.xml").toUri().toString());
    GlassFish server =
        GlassFishRuntime.bootstrap(bootstrap, Container.class.getClassLoader())
            .newGlassFish(properties);
    server.start();
    return server;
  }

  /** The JDK's own list of authorities; without one, nobody is trusted. */
  private static Path trusted(ContainerRoot root) {
    Path jdk = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
    return Files.isReadable(jdk) ? jdk : root.config("keystore.p12");
  }

  private static void setUnlessSet(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }

  /** Deploys an unpacked resource adapter, so that its classes are there for what comes after. */
  void deployAdapter(String name, Path archive) {
    run("deploy", "--name=" + name, archive.toString());
  }

  /** Deploys an unpacked web application at {@code /}; it serves when this returns. */
  void deployWeb(String name, Path archive) {
    run("deploy", "--name=" + name, "--contextroot=/", archive.toString());
  }

  /** Opens the HTTPS listener, whose key store is in its place by now. */
  void openHttps() {
    run(
        "set",
        "configs.config.server-config.network-config.network-listeners.network-listener"
            + ".https-listener.enabled=true");
  }

  private void run(String command, String... words) {
    CommandResult result;
    try {
      result = server.getCommandRunner().run(command, words);
    } catch (GlassFishException e) {
      throw new StartException(Failure.message(e), e);
    }
    if (result.getExitStatus() == ExitStatus.FAILURE) {
      Throwable cause = result.getFailureCause();
      throw new StartException(
          cause == null ? result.getOutput().strip() : Failure.message(cause), cause);
    }
  }

  /** Stops the applications, so that their end-of-life methods run, and then the container. */
  void stop() {
    try {
      if (server.getStatus() == Status.STARTED) {
        server.stop();
      }
      server.dispose();
    } catch (GlassFishException e) {
      throw new IllegalStateException("The container does not stop: " + Failure.message(e), e);
    }
  }
}
