package org.acopio.client.send;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.acopio.client.scan.OwnerOnly;
import org.acopio.remote.Sha256;

/**
 * Who this PC is for which server; kept beside the journal, for its owner only, a folder for each
 * authority. What cannot be read, or others may read, is an error and stays as it is. A PC that was
 * never enrolled has none of it, and nothing of TLS is touched then.
 */
public final class Identities {
  private static final String FOLDER = "identity";
  private static final String NAME = "[0-9a-f]{16}";
  private static final int NAME_CHARACTERS = 16;

  private final Path folder;

  private Identities(Path folder) {
    this.folder = folder;
  }

  /** Those beside the journal in this directory, which need not be there. */
  public static Identities in(Path journal) {
    return new Identities(journal.resolve(FOLDER));
  }

  /**
   * True when the PC was enrolled at a server, by the name that was typed.
   *
   * @throws SendException {@code REFUSED} when what there is cannot be used
   */
  public boolean has(ServerAddress server) throws SendException {
    try {
      return find(server).isPresent();
    } catch (AccessException e) {
      throw Troubles.end(server, e);
    }
  }

  /** The one for a server, by the name that was typed. Reads names only. */
  Optional<IdentityFolder> find(ServerAddress server) throws AccessException {
    for (IdentityFolder each : all()) {
      if (each.serves(server)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /**
   * The one for a server; nothing when that is on this machine, and needs none.
   *
   * @throws AccessException {@code NOT_ENROLLED} before a byte is sent
   */
  Optional<IdentityFolder> required(ServerAddress server) throws AccessException {
    Optional<IdentityFolder> found = find(server);
    if (found.isEmpty() && beyondLoopback(server.host())) {
      throw notEnrolled();
    }
    return found;
  }

  static AccessException notEnrolled() {
    return new AccessException(ServerTrouble.Code.NOT_ENROLLED, "");
  }

  /** Whether a name leads away from this machine for sure. The usual one is not looked up. */
  private static boolean beyondLoopback(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return false;
    }
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (address.isLoopbackAddress()) {
          return false;
        }
      }
      return true;
    } catch (UnknownHostException e) {
      // The network may be back when the server is called.
      return false;
    }
  }

  /** Keeps an identity for a server, which is reached with no other one from now on. */
  IdentityFolder install(Identity identity, ServerAddress server) throws IOException {
    OwnerOnly.directories(folder);
    IdentityFolder own = of(identity.authority());
    Set<String> servers = new LinkedHashSet<>();
    try {
      if (Files.exists(own.path())) {
        own.read();
        servers.addAll(own.servers());
      }
    } catch (AccessException e) {
      own.setAside();
    }
    servers.removeIf(each -> each.equalsIgnoreCase(server.toString()));
    servers.add(server.toString());
    for (IdentityFolder each : all()) {
      if (!each.path().equals(own.path())) {
        each.forget(server);
      }
    }
    own.put(identity, List.copyOf(servers));
    return own;
  }

  private IdentityFolder of(X509Certificate authority) {
    return new IdentityFolder(folder, digest(authority).toString().substring(0, NAME_CHARACTERS));
  }

  static Sha256 digest(X509Certificate authority) {
    return Sha256.of(Sha256.start().digest(Tls.encoded(authority)));
  }

  private List<IdentityFolder> all() throws AccessException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    Set<String> names = new TreeSet<>();
    try (Stream<Path> entries = Files.list(folder)) {
      entries.map(IdentityFolder::name).filter(name -> name.matches(NAME)).forEach(names::add);
    } catch (IOException e) {
      throw new AccessException(ServerTrouble.Code.IDENTITY_DAMAGED, folder.toString(), false, e);
    }
    List<IdentityFolder> all = new ArrayList<>();
    for (String name : names) {
      all.add(new IdentityFolder(folder, name));
    }
    return all;
  }
}
