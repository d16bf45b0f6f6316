package org.acopio.client.send;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.acopio.client.scan.OwnerOnly;
import org.acopio.remote.Hello;

/**
 * Where the identity for one authority lies. It changes as a whole: what is new is written beside
 * it, then two renames put it in its place; whoever looks between them takes what is new. One
 * process writes at a time, the one that has the journal.
 */
final class IdentityFolder {
  private static final String AUTHORITY = "authority.pem";
  private static final String CERTIFICATE = "agent.pem";
  private static final String TLS_KEY = "agent-tls.key";
  private static final String AGENT_KEY = "agent.key";
  private static final String LINEAGE = "lineage";
  private static final String SERVER = "server";
  private static final String FRESH = ".new";
  private static final String REPLACED = ".old";
  private static final String DAMAGED = ".damaged";

  /** No file of an identity is near that; one that is has something else in it. */
  private static final int MAX_BYTES = 64 << 10;

  private final Path base;
  private final String name;

  IdentityFolder(Path base, String name) {
    this.base = base;
    this.name = name;
  }

  /** Which name a folder has, whatever an interrupted change left of it. */
  static String name(Path folder) {
    String file = String.valueOf(folder.getFileName());
    return file.endsWith(REPLACED) ? file.substring(0, file.length() - REPLACED.length()) : file;
  }

  /** The folder itself. */
  Path path() {
    return base.resolve(name);
  }

  private Path sibling(String suffix) {
    return base.resolve(name + suffix);
  }

  private Path current() {
    boolean between = Files.notExists(path()) && Files.exists(sibling(REPLACED));
    return between ? sibling(FRESH) : path();
  }

  /** The servers that are reached with it, as they were typed. */
  List<String> servers() throws AccessException {
    return new String(bytes(SERVER), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .toList();
  }

  /** Whether it is for this server. */
  boolean serves(ServerAddress server) throws AccessException {
    return servers().stream().map(IdentityFolder::plain).anyMatch(plain(server)::equals);
  }

  private static String plain(Object server) {
    return server.toString().strip().toLowerCase(Locale.ROOT);
  }

  /** What is there, also while another process puts something else in its place. */
  Identity read() throws AccessException {
    Optional<Object> before = key();
    try {
      return readAll();
    } catch (AccessException e) {
      if (before.equals(key())) {
        throw e;
      }
      return readAll();
    }
  }

  /** Tells one folder from the next of the same name, where the system can. */
  private Optional<Object> key() {
    try {
      return Optional.ofNullable(
          Files.readAttributes(current(), BasicFileAttributes.class).fileKey());
    } catch (IOException e) {
      // Whoever reads it says what is wrong.
      return Optional.empty();
    }
  }

  private Identity readAll() throws AccessException {
    try {
      Identity identity =
          new Identity(
              AgentKeys.certificate(Pem.decode(Pem.CERTIFICATE, bytes(AUTHORITY))),
              AgentKeys.certificate(Pem.decode(Pem.CERTIFICATE, bytes(CERTIFICATE))),
              AgentKeys.privateKey(Pem.decode(Pem.PRIVATE_KEY, bytes(TLS_KEY))),
              bytes(AGENT_KEY),
              HexFormat.of()
                  .parseHex(new String(bytes(LINEAGE), StandardCharsets.US_ASCII).strip()));
      boolean whole =
          AgentKeys.match(identity.key(), identity.certificate())
              && identity.agentKey().length == Hello.KEY_BYTES;
      if (!whole) {
        throw damaged(path().resolve(TLS_KEY), null);
      }
      return identity;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw damaged(path(), e);
    }
  }

  private static AccessException damaged(Path file, Throwable cause) {
    return new AccessException(ServerTrouble.Code.IDENTITY_DAMAGED, file.toString(), false, cause);
  }

  private byte[] bytes(String file) throws AccessException {
    Path path = current().resolve(file);
    try {
      for (Path each : List.of(base, current(), path)) {
        if (OwnerOnly.shared(each)) {
          throw new AccessException(ServerTrouble.Code.IDENTITY_TOO_OPEN, each.toString());
        }
      }
      try (InputStream in = Files.newInputStream(path)) {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
          throw damaged(path, null);
        }
        return bytes;
      }
    } catch (AccessException e) {
      throw e;
    } catch (IOException e) {
      throw damaged(path, e);
    }
  }

  /** Puts an identity in the place of the one before. */
  void put(Identity identity, List<String> servers) throws IOException {
    tidy();
    Path fresh = sibling(FRESH);
    OwnerOnly.directories(fresh);
    write(fresh, AUTHORITY, Pem.encode(Pem.CERTIFICATE, Tls.encoded(identity.authority())));
    write(fresh, CERTIFICATE, Pem.encode(Pem.CERTIFICATE, Tls.encoded(identity.certificate())));
    write(fresh, TLS_KEY, Pem.encode(Pem.PRIVATE_KEY, identity.key().getEncoded()));
    write(fresh, AGENT_KEY, identity.agentKey());
    write(fresh, LINEAGE, line(HexFormat.of().formatHex(identity.lineage())));
    write(fresh, SERVER, line(String.join("\n", servers)));
    OwnerOnly.sync(fresh);
    if (Files.exists(path())) {
      Files.move(path(), sibling(REPLACED), StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(fresh, path(), StandardCopyOption.ATOMIC_MOVE);
    OwnerOnly.sync(base);
    delete(sibling(REPLACED));
  }

  /** Keeps an identity that cannot be read out of the way of the next one. */
  void setAside() throws IOException {
    tidy();
    int number = 1;
    while (Files.exists(sibling(DAMAGED + number))) {
      number++;
    }
    if (Files.exists(path())) {
      Files.move(path(), sibling(DAMAGED + number), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Keeps the word that was given last; on the disk when this returns. */
  void lineage(byte[] word) throws IOException {
    tidy();
    OwnerOnly.replace(path().resolve(LINEAGE), line(HexFormat.of().formatHex(word)));
  }

  /** Keeps which servers are reached with it. */
  void servers(List<String> servers) throws IOException {
    tidy();
    OwnerOnly.replace(path().resolve(SERVER), line(String.join("\n", servers)));
  }

  /** Without a server: it is another identity's from now on. */
  void forget(ServerAddress server) throws IOException {
    List<String> left = new ArrayList<>(servers());
    if (left.removeIf(each -> plain(each).equals(plain(server)))) {
      servers(left);
    }
  }

  /** Ends a change that was interrupted: what was replaced goes, what was not whole goes. */
  private void tidy() throws IOException {
    if (!current().equals(path())) {
      Files.move(sibling(FRESH), path(), StandardCopyOption.ATOMIC_MOVE);
    }
    delete(sibling(FRESH));
    delete(sibling(REPLACED));
  }

  private static void write(Path folder, String file, byte[] content) throws IOException {
    OwnerOnly.write(folder.resolve(file), content);
  }

  private static byte[] line(String text) {
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }
}
