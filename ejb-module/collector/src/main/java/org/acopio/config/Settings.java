package org.acopio.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.acopio.account.AccountSettings;
import org.acopio.catalog.CatalogSettings;
import org.acopio.check.ScrubSettings;
import org.acopio.collect.CollectSettings;
import org.acopio.rmi.RmiSettings;
import org.acopio.session.SessionSettings;
import org.acopio.storage.StorageSettings;
import org.acopio.thumbnail.ThumbnailSettings;
import org.eclipse.microprofile.config.Config;

/**
 * All settings of a server, read and checked once.
 *
 * @param data folder of everything that the server keeps
 * @param storage of the store
 * @param scrub of the check in the background
 * @param catalog of the database
 * @param collect of collecting
 * @param rmi of the RMI registry
 * @param endpoints of the TCP ports
 * @param xmlRpc of XML-RPC
 * @param session of the history of sessions
 * @param account of the people who use the console
 * @param thumbnails of small pictures of files
 */
public record Settings(
    Path data,
    StorageSettings storage,
    ScrubSettings scrub,
    CatalogSettings catalog,
    CollectSettings collect,
    RmiSettings rmi,
    EndpointSettings endpoints,
    XmlRpcSettings xmlRpc,
    SessionSettings session,
    AccountSettings account,
    ThumbnailSettings thumbnails) {

  /**
   * Reads every key.
   *
   * @throws ConfigurationException for an unknown {@code acopio.} key, with the nearest known one,
   *     and for a value that cannot be used
   */
  public static Settings read(Config config) {
    KnownKeys.check(config.getPropertyNames());
    Reader reader = new Reader(config);
    reader.port(Key.HTTP_PORT);
    reader.portUnlessOff(Key.HTTPS_PORT);
    reader.http();
    reader.oneOf(Key.LOG_LEVEL, List.of("info", "debug"));
    Path data = reader.data();
    return new Settings(
        data,
        reader.storage(data),
        reader.scrub(),
        reader.catalog(data),
        reader.collect(),
        reader.rmi(),
        reader.endpoints(),
        reader.xmlRpc(),
        reader.session(),
        reader.account(),
        reader.thumbnails(data));
  }

  /** A sentence on each environment variable that looks like a setting and is none. */
  public static List<String> ignoredVariables(Config config) {
    return KnownKeys.ignoredVariables(config.getPropertyNames());
  }

  /** The folder of everything that the server keeps, for what cannot wait for the rest. */
  public static Path data(Config config) {
    return new Reader(config).data();
  }

  /** Turns text into values, and says which key was wrong when it cannot. */
  private record Reader(Config config) {
    Path data() {
      return path(Key.DATA).toAbsolutePath().normalize();
    }

    StorageSettings storage(Path data) {
      String folder = text(Key.STORE_FOLDER);
      return checked(
          () ->
              new StorageSettings(
                  folder.isEmpty() ? data.resolve("store") : path(Key.STORE_FOLDER),
                  number(Key.STORE_SYNC_THREADS),
                  number(Key.STORE_OPEN_FILES),
                  number(Key.STORE_PARTIAL_DAYS),
                  truth(Key.STORE_DIRECT_IO)));
    }

    ScrubSettings scrub() {
      return checked(
          () -> new ScrubSettings(number(Key.SCRUB_DAYS), bytes(Key.SCRUB_BYTES_PER_SECOND)));
    }

    CatalogSettings catalog(Path data) {
      String url = text(Key.CATALOG_URL);
      return checked(
          () ->
              new CatalogSettings(
                  url.isEmpty() ? "jdbc:h2:file:" + data.resolve("catalog").resolve("acopio") : url,
                  text(Key.CATALOG_USER),
                  text(Key.CATALOG_PASSWORD),
                  number(Key.CATALOG_CONNECTIONS)));
    }

    CollectSettings collect() {
      return checked(
          () ->
              new CollectSettings(
                  number(Key.COLLECT_BLOCK_BYTES),
                  number(Key.COLLECT_SEND_BYTES),
                  number(Key.COLLECT_BATCH_ITEMS),
                  number(Key.COLLECT_LANES),
                  duration(Key.COLLECT_IDLE),
                  number(Key.COLLECT_MAX_COLLECTIONS),
                  number(Key.COLLECT_MAX_OPEN_FILES),
                  bytes(Key.COLLECT_MAX_FILE_BYTES),
                  bytes(Key.COLLECT_RESERVE_BYTES)));
    }

    RmiSettings rmi() {
      return checked(
          () ->
              new RmiSettings(
                  value(Key.BIND, "an address of this machine", Reader::address),
                  port(Key.RMI_PORT),
                  text(Key.RMI_HOST),
                  number(Key.RMI_MAX_CONNECTIONS),
                  number(Key.RMI_MAX_CONNECTIONS_PER_ADDRESS),
                  duration(Key.RMI_FIRST_BYTE),
                  duration(Key.RMI_IDLE)));
    }

    EndpointSettings endpoints() {
      return checked(
          () ->
              new EndpointSettings(
                  ports(Key.ECHO_PORTS),
                  ports(Key.ECHO_QUEUE_PORTS),
                  ports(Key.SESSION_THREAD_PORTS),
                  ports(Key.SESSION_SELECTOR_PORTS),
                  ports(Key.INGEST_PORTS),
                  number(Key.SESSION_MAX_THREADS),
                  number(Key.SESSION_MAX_THREADS_PER_ADDRESS),
                  new ConnectionLimits(
                      "socket",
                      number(Key.SOCKET_MAX_CONNECTIONS),
                      number(Key.SOCKET_MAX_CONNECTIONS_PER_ADDRESS),
                      duration(Key.SOCKET_FIRST_BYTE),
                      duration(Key.SOCKET_IDLE)),
                  new ConnectionLimits(
                      "ingest",
                      number(Key.INGEST_MAX_CONNECTIONS),
                      number(Key.INGEST_MAX_CONNECTIONS_PER_ADDRESS),
                      duration(Key.INGEST_FIRST_BYTE),
                      duration(Key.INGEST_IDLE)),
                  duration(Key.SOCKET_DRAIN),
                  truth(Key.SOCKET_PROXY_PROTOCOL)));
    }

    XmlRpcSettings xmlRpc() {
      return checked(
          () -> new XmlRpcSettings(number(Key.XMLRPC_MAX_BYTES), truth(Key.XMLRPC_VALIDATOR)));
    }

    SessionSettings session() {
      return checked(() -> new SessionSettings(number(Key.SESSION_HISTORY_DAYS)));
    }

    AccountSettings account() {
      return checked(
          () ->
              new AccountSettings(
                  names(Key.CONSOLE_HOSTS),
                  duration(Key.CONSOLE_ADMINISTRATOR_IDLE),
                  duration(Key.CONSOLE_VIEWER_IDLE),
                  number(Key.AUDIT_DAYS)));
    }

    /** A list of host names, without ports. */
    private Set<String> names(Key key) {
      return value(
          key,
          "host names with commas between them, without ports",
          text ->
              Arrays.stream(text.split(","))
                  .map(String::strip)
                  .filter(name -> !name.isEmpty())
                  .map(Reader::host)
                  .collect(Collectors.toUnmodifiableSet()));
    }

    private static String host(String name) {
      if (!name.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,252})")) {
        throw new IllegalArgumentException(name);
      }
      return name;
    }

    ThumbnailSettings thumbnails(Path data) {
      return checked(
          () ->
              new ThumbnailSettings(
                  data.resolve("cache").resolve("thumbnails"),
                  bytes(Key.THUMBNAILS_CACHE_BYTES),
                  number(Key.THUMBNAILS_WORKERS),
                  duration(Key.THUMBNAILS_DEADLINE),
                  bytes(Key.THUMBNAILS_MAX_PIXELS)));
    }

    Path path(Key key) {
      return value(key, "a path", Path::of);
    }

    /** Limits that the launcher sets; checked here too. */
    void http() {
      checked(
          () ->
              new ConnectionLimits(
                  "http",
                  number(Key.HTTP_MAX_CONNECTIONS),
                  number(Key.HTTP_MAX_CONNECTIONS_PER_ADDRESS),
                  duration(Key.HTTP_FIRST_BYTE),
                  Duration.ZERO));
    }

    private String text(Key key) {
      return config.getOptionalValue(key.key(), String.class).orElse(key.fallback()).strip();
    }

    /** Ports that another part opens are checked here too, so that a bad one stops the start. */
    int port(Key key) {
      return value(key, "0 to 65535", Reader::port);
    }

    OptionalInt portUnlessOff(Key key) {
      return value(
          key,
          "0 to 65535, or off",
          text -> text.equals("off") ? OptionalInt.empty() : OptionalInt.of(port(text)));
    }

    /** A list of ports; no port at all is {@code off}. */
    private List<Integer> ports(Key key) {
      return value(
          key,
          "ports from 0 to 65535 with commas between them, or off",
          text ->
              text.equals("off")
                  ? List.of()
                  : Arrays.stream(text.split(",", -1))
                      .map(String::strip)
                      .map(Reader::port)
                      .toList());
    }

    private static int port(String text) {
      int port = Integer.parseInt(text);
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException(text);
      }
      return port;
    }

    private Duration duration(Key key) {
      return value(key, "a duration such as PT10M", Duration::parse);
    }

    private int number(Key key) {
      return value(key, "a whole number", Integer::valueOf);
    }

    /** The launcher uses it; checked here too. */
    void oneOf(Key key, List<String> known) {
      value(
          key,
          String.join(" or ", known),
          text -> {
            if (!known.contains(text)) {
              throw new IllegalArgumentException(text);
            }
            return text;
          });
    }

    private boolean truth(Key key) {
      return value(
          key,
          "true or false",
          text ->
              switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException(text);
              });
    }

    private long bytes(Key key) {
      return value(key, "a whole number of bytes", Long::valueOf);
    }

    private <T> T value(Key key, String expected, Function<String, T> parse) {
      String text = text(key);
      try {
        return parse.apply(text);
      } catch (RuntimeException e) {
        throw new ConfigurationException(
            key.key() + " is '" + text + "'; it must be " + expected + ". " + key.sentence(), e);
      }
    }

    private static InetAddress address(String text) {
      try {
        return InetAddress.getByName(text);
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(e);
      }
    }

    private static <T> T checked(Supplier<T> settings) {
      try {
        return settings.get();
      } catch (IllegalArgumentException e) {
        throw new ConfigurationException(e.getMessage(), e);
      }
    }
  }
}
