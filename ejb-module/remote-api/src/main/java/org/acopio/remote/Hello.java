package org.acopio.remote;

import java.io.Serial;
import java.io.Serializable;

/**
 * Who opens a collection.
 *
 * @param protocol the version of this contract that the caller speaks, {@link
 *     FileCollector#PROTOCOL}
 * @param agentKey the agent's own secret, {@value #KEY_BYTES} random bytes made at its first run.
 *     The server knows an agent by the digest of its key, so that two PCs behind one address stay
 *     apart and one PC with a new address is still itself. Copied.
 * @param agentVersion the caller's own version, for people; at most 100 characters
 * @param hostName what the PC calls itself, for people; at most 255 characters, never trusted
 */
public record Hello(int protocol, byte[] agentKey, String agentVersion, String hostName)
    implements Serializable {
  /** Length of an agent's key in bytes. */
  public static final int KEY_BYTES = 32;

  @Serial private static final long serialVersionUID = 1L;

  public Hello {
    if (agentKey.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "an agent's key has " + KEY_BYTES + " bytes, not " + agentKey.length);
    }
    agentKey = agentKey.clone();
    agentVersion = Text.bounded("agentVersion", agentVersion, 100);
    hostName = Text.bounded("hostName", hostName, 255);
  }

  @Override
  public byte[] agentKey() {
    return agentKey.clone();
  }

  /** Leaves the key out. */
  @Override
  public String toString() {
    return "Hello[protocol=" + protocol + ", agentVersion=" + agentVersion + "]";
  }
}
