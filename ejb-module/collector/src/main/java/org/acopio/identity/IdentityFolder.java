package org.acopio.identity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keys with their certificates as PEM files in a folder that its owner alone can read. A file is
 * there whole or not at all.
 */
final class IdentityFolder {
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String KEY = "PRIVATE KEY";
  private static final int MAX_FILE_BYTES = 1 << 20;

  private final Path path;

  IdentityFolder(Path path) {
    this.path = path;
  }

  /** A private key and its certificate, with the certificates above it behind it. */
  record Pair(PrivateKey key, List<X509Certificate> chain) {
    Pair {
      chain = List.copyOf(chain);
    }

    X509Certificate certificate() {
      return chain.get(0);
    }
  }

  Path path() {
    return path;
  }

  Path certificateFile(String name) {
    return path.resolve(name + ".pem");
  }

  Path keyFile(String name) {
    return path.resolve(name + ".key");
  }

  /** Whether the folder is there. */
  boolean exists() {
    return Files.exists(path);
  }

  /** Whether there is nothing of this pair. */
  boolean isMissing(String name) {
    return Files.notExists(certificateFile(name)) && Files.notExists(keyFile(name));
  }

  /** An empty folder beside this one, in which the first keys are made. */
  IdentityFolder prepare() {
    IdentityFolder fresh = new IdentityFolder(path.resolveSibling(path.getFileName() + ".new"));
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      fresh.delete();
      OwnerOnly.folder(fresh.path);
      return fresh;
    } catch (IOException e) {
      throw unwritable(fresh.path, e);
    }
  }

  /** Gives a folder that was prepared this one's name, in one step. */
  void become(IdentityFolder fresh) {
    try {
      sync(fresh.path);
      Files.move(fresh.path, path, StandardCopyOption.ATOMIC_MOVE);
      sync(path.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  /** Writes a pair: on disk when this returns. */
  void write(String name, Pair pair) {
    StringBuilder certificates = new StringBuilder();
    try {
      for (X509Certificate certificate : pair.chain()) {
        certificates.append(pem(CERTIFICATE, certificate.getEncoded()));
      }
      write(keyFile(name), pem(KEY, pair.key().getEncoded()));
      write(certificateFile(name), certificates.toString());
      sync(path);
    } catch (IOException e) {
      throw unwritable(path, e);
    } catch (GeneralSecurityException e) {
      throw new IdentityException("a new certificate of the server cannot be written", e);
    }
  }

  /** Reads a pair and makes sure that it is one, and that nobody else can read the key. */
  Pair read(String name) {
    Path certificate = certificateFile(name);
    Path key = keyFile(name);
    expectThere(certificate, key);
    expectThere(key, certificate);
    expectOwnerOnly(key);
    Pair pair = new Pair(privateKey(key), certificates(certificate));
    if (!belongTogether(pair)) {
      throw new IdentityException(
          "the key "
              + key
              + " is not that of the certificate "
              + certificate
              + "; bring both back from the same backup",
          null);
    }
    return pair;
  }

  private void expectThere(Path file, Path other) {
    if (Files.notExists(file)) {
      throw new IdentityException(
          file
              + " is missing"
              + (Files.exists(other) ? ", though " + other + " is there" : "")
              + "; bring the folder back from a backup, or remove all of "
              + path
              + " to begin with a new authority, after which every PC has to be enrolled again",
          null);
    }
  }

  private static void expectOwnerOnly(Path key) {
    if (!OwnerOnly.isPosix(key)) {
      return;
    }
    try {
      Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(key));
      others.remove(PosixFilePermission.OWNER_READ);
      others.remove(PosixFilePermission.OWNER_WRITE);
      if (!others.isEmpty()) {
        throw new IdentityException(
            "others than its owner may use the key "
                + key
                + "; whoever read it can pretend to be this server. Take the right away (chmod 600)"
                + " if that cannot have happened, or begin with a new authority: remove all of "
                + key.getParent()
                + " and enrol every PC again",
            null);
      }
    } catch (IOException e) {
      throw unreadable(key, e);
    }
  }

  private static PrivateKey privateKey(Path file) {
    try {
      byte[] der = Base64.getMimeDecoder().decode(body(text(file)));
      return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw damaged(file, "an EC key in PKCS#8 as PEM", e);
    }
  }

  private static List<X509Certificate> certificates(Path file) {
    try {
      List<X509Certificate> chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(text(file).getBytes(StandardCharsets.US_ASCII)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (chain.isEmpty()) {
        throw damaged(file, "a certificate as PEM", null);
      }
      return chain;
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (GeneralSecurityException e) {
      throw damaged(file, "a certificate as PEM", e);
    }
  }

  private static boolean belongTogether(Pair pair) {
    byte[] sample = "acopio".getBytes(StandardCharsets.US_ASCII);
    try {
      Signature signer = Signature.getInstance(ServerIdentity.SIGNATURE);
      signer.initSign(pair.key());
      signer.update(sample);
      byte[] signature = signer.sign();
      Signature verifier = Signature.getInstance(ServerIdentity.SIGNATURE);
      verifier.initVerify(pair.certificate().getPublicKey());
      verifier.update(sample);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String text(Path file) throws IOException {
    long size = Files.size(file);
    if (size > MAX_FILE_BYTES) {
      throw new IOException(
          "it has " + size + " bytes; a key or certificate has " + MAX_FILE_BYTES + " at most");
    }
    return Files.readString(file, StandardCharsets.US_ASCII);
  }

  private static String body(String pem) {
    String first = "-----BEGIN " + KEY + "-----";
    int begin = pem.indexOf(first);
    int end = pem.indexOf("-----END " + KEY + "-----", Math.max(0, begin) + first.length());
    if (begin < 0 || end < 0) {
      throw new IllegalArgumentException("it has no " + KEY);
    }
    return pem.substring(begin + first.length(), end);
  }

  private static String pem(String type, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
  }

  /** Made new, with its permissions: at no moment can others read it. */
  private static void write(Path file, String text) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    OwnerOnly.file(part);
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Windows cannot open a folder, and needs no sync of it. */
  private static void sync(Path folder) throws IOException {
    if (OwnerOnly.isPosix(folder)) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private void delete() throws IOException {
    if (Files.notExists(path)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(path);
  }

  private static IdentityException unwritable(Path file, IOException cause) {
    return new IdentityException(
        "the server's keys cannot be written to "
            + file
            + ": "
            + cause
            + "; give this user the right to write there",
        cause);
  }

  private static IdentityException unreadable(Path file, IOException cause) {
    return new IdentityException(
        file + " cannot be read: " + cause + "; give this user, and no other, the right to it",
        cause);
  }

  /** The start of the server shows the innermost message, which has to be this one. */
  private static IdentityException damaged(Path file, String expected, @Nullable Exception cause) {
    String why = cause == null ? "" : " (" + cause.getMessage() + ")";
    return new IdentityException(
        file + " is not " + expected + why + "; bring it back from a backup", null);
  }
}
