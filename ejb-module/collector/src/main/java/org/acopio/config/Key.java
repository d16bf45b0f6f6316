package org.acopio.config;

import java.util.Locale;
import java.util.Optional;

/**
 * Every key that can be set. {@code docs/operations.md} has the same table, and a test compares the
 * two. The same names in upper case with underscores are environment variables ({@code
 * ACOPIO_RMI_PORT}).
 */
public enum Key {
  DATA("data", "acopio-data", "path", "Folder of everything that the server keeps."),
  BIND(
      "bind",
      "127.0.0.1",
      "address",
      "Address that every port listens on; 0.0.0.0 opens the server to the network."),
  RMI_PORT("rmi.port", "1099", "port", "RMI registry and its objects; 0 takes a free port."),
  RMI_HOST(
      "rmi.host",
      "",
      "host",
      "Name or address that other RMI clients than the agent are told to call; empty means the bound address."),
  RMI_MAX_CONNECTIONS(
      "rmi.max-connections",
      "4000",
      "connections",
      "Most connections at once on the port of RMI; beyond it the one that has said nothing for longest goes; 1 to 1000000."),
  RMI_MAX_CONNECTIONS_PER_ADDRESS(
      "rmi.max-connections-per-address",
      "1000",
      "connections",
      "Most of them from one address; 1 to 1000000."),
  RMI_FIRST_BYTE(
      "rmi.first-byte",
      "PT15S",
      "ISO 8601 duration",
      "How long an RMI connection may say nothing, or half of how it begins, at first; up to P1D, PT0S is for ever."),
  RMI_IDLE(
      "rmi.idle",
      "PT50S",
      "ISO 8601 duration",
      "How long no byte may pass on an RMI connection between and inside of calls; up to P1D, PT0S is for ever."),
  HTTP_PORT("http.port", "8000", "port", "Web pages, REST and health; 0 takes a free port."),
  HTTP_MAX_CONNECTIONS(
      "http.max-connections",
      "4000",
      "connections",
      "Most connections at once on the port of HTTP, and as many on that of HTTPS; 1 to 1000000."),
  HTTP_MAX_CONNECTIONS_PER_ADDRESS(
      "http.max-connections-per-address",
      "1000",
      "connections",
      "Most of them from one address; 1 to 1000000."),
  HTTP_FIRST_BYTE(
      "http.first-byte",
      "PT20S",
      "ISO 8601 duration",
      "How long an HTTP connection may say nothing at first, and how long the head of a request may take to arrive; up to P1D, PT0S is for ever."),
  HTTPS_PORT(
      "https.port",
      "8443",
      "port",
      "The console and REST with TLS, where acopio.bind is not a loopback address; 0 takes a free port, off is none."),
  LOG_LEVEL(
      "log.level",
      "info",
      "info or debug",
      "How much the log has; debug adds what clients of echo and sessions say."),
  ECHO_PORTS("echo.ports", "9999,4000,65432", "ports", "Echo, served by a selector; off is none."),
  ECHO_QUEUE_PORTS(
      "echo.queue-ports",
      "10000",
      "ports",
      "Echo with a queue for each client, served by one thread; off is none."),
  SESSION_THREAD_PORTS(
      "session.thread-ports",
      "6667",
      "ports",
      "Session protocol, served by one thread for each connection; off is none."),
  SESSION_SELECTOR_PORTS(
      "session.selector-ports",
      "6668",
      "ports",
      "Session protocol, served by a selector; off is none."),
  SESSION_MAX_THREADS(
      "session.max-threads",
      "1000",
      "connections",
      "Most connections at once on a port of session.thread-ports, each with its thread; 1 to 100000."),
  SESSION_MAX_THREADS_PER_ADDRESS(
      "session.max-threads-per-address",
      "600",
      "connections",
      "Most of them from one address; 1 to 100000."),
  INGEST_PORTS(
      "ingest.ports",
      "1100",
      "ports",
      "The collector's wire protocol for clients in any language; off is none."),
  INGEST_MAX_CONNECTIONS(
      "ingest.max-connections",
      "4000",
      "connections",
      "Most connections at once on an ingest port; 1 to 1000000."),
  INGEST_MAX_CONNECTIONS_PER_ADDRESS(
      "ingest.max-connections-per-address",
      "1000",
      "connections",
      "Most of them from one address; 1 to 1000000."),
  INGEST_FIRST_BYTE(
      "ingest.first-byte",
      "PT30S",
      "ISO 8601 duration",
      "How long an ingest connection may say nothing at first; up to P1D, PT0S is for ever."),
  INGEST_IDLE(
      "ingest.idle",
      "PT5M",
      "ISO 8601 duration",
      "How long no byte may pass on an ingest connection; up to P1D, PT0S is for ever."),
  SOCKET_MAX_CONNECTIONS(
      "socket.max-connections",
      "20000",
      "connections",
      "Most connections at once on an echo or session port that a selector serves; 1 to 1000000."),
  SOCKET_MAX_CONNECTIONS_PER_ADDRESS(
      "socket.max-connections-per-address",
      "15000",
      "connections",
      "Most of them from one address; 1 to 1000000."),
  SOCKET_FIRST_BYTE(
      "socket.first-byte",
      "PT5M",
      "ISO 8601 duration",
      "How long an echo or session connection may say nothing at first; up to P1D, PT0S is for ever."),
  SOCKET_IDLE(
      "socket.idle",
      "PT30M",
      "ISO 8601 duration",
      "How long no byte may pass on an echo or session connection; up to P1D, PT0S is for ever."),
  SOCKET_DRAIN(
      "socket.drain",
      "PT5S",
      "ISO 8601 duration",
      "How long connections may finish what they do when the server stops; up to P1D, PT0S is not at all."),
  SOCKET_PROXY_PROTOCOL(
      "socket.proxy-protocol",
      "false",
      "true or false",
      "Whether every connection to echo, session and ingest begins with a PROXY header, as a proxy in front of the server sends it."),
  XMLRPC_MAX_BYTES(
      "xmlrpc.max-bytes",
      "1048576",
      "bytes",
      "Most bytes of one XML-RPC document, before and after decompression; 1024 to 67108864."),
  XMLRPC_VALIDATOR(
      "xmlrpc.validator",
      "false",
      "true or false",
      "Whether the eight methods of UserLand's XML-RPC validator are served as validator1.NAME."),
  STORE_FOLDER(
      "store.folder",
      "",
      "path",
      "Folder of the collected files; empty means store in the data folder."),
  STORE_SYNC_THREADS(
      "store.sync-threads",
      "16",
      "threads",
      "How many files are synced to disk side by side; 1 to 256."),
  STORE_OPEN_FILES(
      "store.open-files",
      "1024",
      "files",
      "How many files of running uploads are kept open, well below the server's limit of open files; 16 to 100000."),
  STORE_PARTIAL_DAYS(
      "store.partial-days",
      "30",
      "days",
      "After how many days on which nothing arrived the start gives an unfinished file up; 0 to 3650, and 0 is never."),
  STORE_DIRECT_IO(
      "store.direct-io",
      "true",
      "true or false",
      "Whether large files are written past the system's cache of pages where the disk can and is quick that way (Linux)."),
  SCRUB_DAYS(
      "scrub.days",
      "7",
      "days",
      "Within how many days every stored byte is read again in the background and compared with its digest; 0 to 3650, and 0 is never."),
  SCRUB_BYTES_PER_SECOND(
      "scrub.bytes-per-second",
      "20971520",
      "bytes",
      "How many bytes are read again in a second at most; 65536 or more."),
  CATALOG_URL(
      "catalog.url",
      "",
      "JDBC URL",
      "Database of the catalog, jdbc:h2:… or jdbc:postgresql:…; empty means an H2 file in the data folder."),
  CATALOG_USER("catalog.user", "acopio", "text", "User of the catalog's database."),
  CATALOG_PASSWORD("catalog.password", "", "text", "Password of that user; never logged."),
  CATALOG_CONNECTIONS(
      "catalog.connections",
      "8",
      "connections",
      "Most connections to the catalog's database; 1 to 200."),
  COLLECT_BLOCK_BYTES(
      "collect.block-bytes", "1048576", "bytes", "Most bytes in one block; 4096 to 16777216."),
  COLLECT_SEND_BYTES(
      "collect.send-bytes",
      "1048576",
      "bytes",
      "Most bytes of all blocks of one send; acopio.collect.block-bytes to 67108864."),
  COLLECT_BATCH_ITEMS(
      "collect.batch-items", "1000", "items", "Most files or blocks in one call; 1 to 65536."),
  COLLECT_LANES(
      "collect.lanes",
      "16",
      "calls",
      "How many calls of one agent are served side by side; 1 to 64."),
  COLLECT_IDLE(
      "collect.idle",
      "PT10M",
      "ISO 8601 duration",
      "How long a collection stays open without a call; 1 second to 1 day."),
  COLLECT_MAX_COLLECTIONS(
      "collect.max-collections",
      "1000",
      "collections",
      "How many collections may be open at once; 1 to 100000."),
  COLLECT_MAX_OPEN_FILES(
      "collect.max-open-files",
      "10000",
      "files",
      "How many files of one collection may be begun without a receipt; 1 to 1000000."),
  COLLECT_MAX_FILE_BYTES(
      "collect.max-file-bytes",
      "17592186044416",
      "bytes",
      "The largest file that is taken; 1 to 1152921504606846976."),
  COLLECT_RESERVE_BYTES(
      "collect.reserve-bytes",
      "268435456",
      "bytes",
      "Free disk space that collecting leaves free; 0 or more."),
  THUMBNAILS_CACHE_BYTES(
      "thumbnails.cache-bytes",
      "1073741824",
      "bytes",
      "Most bytes of small pictures that are kept in cache/thumbnails of the data folder; 0 to 1125899906842624, and 0 keeps none."),
  THUMBNAILS_WORKERS(
      "thumbnails.workers",
      "2",
      "processes",
      "How many processes make small pictures side by side, each with up to 192 MiB of heap; 0 to 16, and 0 makes none."),
  THUMBNAILS_DEADLINE(
      "thumbnails.deadline",
      "PT10S",
      "ISO 8601 duration",
      "How long the making of one small picture may take; 1 second to 5 minutes."),
  THUMBNAILS_MAX_PIXELS(
      "thumbnails.max-pixels",
      "250000000",
      "pixels",
      "The largest image of which a small picture is made; 1 to 1000000000."),
  SESSION_HISTORY_DAYS(
      "session.history-days",
      "90",
      "days",
      "After how many days an ended session is forgotten; 0 to 3650, and 0 is never."),
  CONSOLE_HOSTS(
      "console.hosts",
      "",
      "names",
      "Host names, with commas between them, by which browsers reach the console beside the machine's own; needed behind a proxy."),
  CONSOLE_ADMINISTRATOR_IDLE(
      "console.administrator-idle",
      "PT30M",
      "ISO 8601 duration",
      "After how long without a request an administrator has to log in again; PT1M to P1D."),
  CONSOLE_VIEWER_IDLE(
      "console.viewer-idle",
      "P7D",
      "ISO 8601 duration",
      "After how long without a request a viewer has to log in again; PT1M to P366D."),
  AUDIT_DAYS(
      "audit.days",
      "365",
      "days",
      "After how many days a line of the audit log is forgotten; 0 to 3650, and 0 is never.");

  /** What every key begins with. */
  public static final String PREFIX = "acopio.";

  private final String suffix;
  private final String fallback;
  private final String unit;
  private final String sentence;

  Key(String suffix, String fallback, String unit, String sentence) {
    this.suffix = suffix;
    this.fallback = fallback;
    this.unit = unit;
    this.sentence = sentence;
  }

  /** The name in MicroProfile Config, such as {@code acopio.rmi.port}. */
  public String key() {
    return PREFIX + suffix;
  }

  /** The value of a server that was told nothing. */
  public String fallback() {
    return fallback;
  }

  public String unit() {
    return unit;
  }

  /** What the key is for, in one sentence. */
  public String sentence() {
    return sentence;
  }

  /** The name as an environment variable, by the rules of MicroProfile Config. */
  public String variable() {
    return key().replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  static Optional<Key> of(String name) {
    for (Key key : values()) {
      if (key.key().equals(name)) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }
}
