package org.acopio.client.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;

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

  private static final String FRESH = "agent.key.new";

  /**
   * The key in {@code directory}, made at the first call. To be called under the journal's lock.
   */
  static AgentKey readOrCreate(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    if (Files.notExists(file)) {
      return new AgentKey(create(directory, file), Optional.empty());
    }
    if (Files.size(file) == BYTES) {
      return new AgentKey(Files.readAllBytes(file), Optional.empty());
    }
    Path aside = directory.resolve(DAMAGED);
    Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    return new AgentKey(create(directory, file), Optional.of(aside));
  }

  private static byte[] create(Path directory, Path file) throws IOException {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    Path fresh = directory.resolve(FRESH);
    // What an interrupted first run left may have other rights.
    Files.deleteIfExists(fresh);
    try (FileChannel out =
        OwnerOnly.open(fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
      out.write(ByteBuffer.wrap(key));
      out.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    return key;
  }
}
