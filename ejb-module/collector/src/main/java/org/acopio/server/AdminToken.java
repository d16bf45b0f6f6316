package org.acopio.server;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.acopio.identity.OwnerOnly;

/**
 * What proves that a caller may administer this server: 256 random bits, made anew at each start,
 * in a file of the data folder that its owner alone can read. Deleted at the stop.
 */
final class AdminToken implements AutoCloseable {
  /** The file's name in the data folder. */
  static final String FILE = "admin-token";

  private static final Logger LOG = System.getLogger(AdminToken.class.getName());
  private static final int BYTES = 32;

  private final Path file;
  private final byte[] token;

  private AdminToken(Path file, byte[] token) {
    this.file = file;
    this.token = token;
  }

  /** Makes a token and writes its file, in the place of one that a crash left. */
  static AdminToken make(Path data) {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    byte[] token = text.getBytes(StandardCharsets.US_ASCII);
    Path file = data.resolve(FILE);
    try {
      Files.createDirectories(data);
      Files.deleteIfExists(file);
      // Made new, with its permissions: at no moment can others read it.
      OwnerOnly.file(file);
      Files.write(file, token, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new IllegalStateException(
          "the token for administration cannot be written to "
              + file
              + ": "
              + e
              + "; give this user the right to write there",
          e);
    }
    return new AdminToken(file, token);
  }

  /** Whether this is the token; takes as long whatever is wrong with it. */
  boolean matches(String said) {
    return MessageDigest.isEqual(token, said.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0} stays behind; it is worth nothing any more: {1}", file, e);
    }
  }
}
