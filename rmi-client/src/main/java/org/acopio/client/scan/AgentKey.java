package org.acopio.client.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The secret that makes this PC the same one wherever it is; kept beside the journal.
 *
 * @param bytes 32 of them
 * @param setAside where a file that was no key is now; nothing when there was none
 */
record AgentKey(byte[] bytes, Optional<Path> setAside) {
  static final String NAME = "agent.key";
  static final String DAMAGED = "agent.key.damaged";
  static final int BYTES = 32;

  /**
   * The key in {@code directory}, made at the first call. To be called under the journal's lock.
   */
  static AgentKey readOrCreate(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    if (Files.notExists(file)) {
      return new AgentKey(create(file), Optional.empty());
    }
    if (Files.size(file) == BYTES) {
      return new AgentKey(Files.readAllBytes(file), Optional.empty());
    }
    Path aside = directory.resolve(DAMAGED);
    Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    return new AgentKey(create(file), Optional.of(aside));
  }

  /** Puts another key in the place of the one in {@code directory}, which nobody needs then. */
  static void replace(Path directory, byte[] key) throws IOException {
    OwnerOnly.replace(directory.resolve(NAME), key);
  }

  private static byte[] create(Path file) throws IOException {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    OwnerOnly.replace(file, key);
    return key;
  }
}
