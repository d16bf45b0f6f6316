package org.acopio.rmi;

/** How a connection to the port of RMI begins. */
enum Opening {
  /** Too little has come to say. */
  UNKNOWN,
  /** The header of RMI's own protocol, from this machine. */
  PLAIN,
  /** A whole first record of TLS. */
  TLS,
  /** Neither, or plain from another machine. */
  FOREIGN;

  /** Bytes after which a plain beginning is known. */
  static final int SHORTEST = 7;

  /** JRMI, version 2 (Java Object Serialization's "RMI Wire Protocol"); the protocol follows. */
  private static final byte[] HEADER = {0x4a, 0x52, 0x4d, 0x49, 0, 2};

  private static final int STREAM_PROTOCOL = 0x4b;
  private static final int SINGLE_OPERATION = 0x4c;

  private static final int HANDSHAKE = 0x16;
  private static final int VERSION_MAJOR = 3;
  private static final int RECORD_HEAD = 5;

  /** Most bytes of a record of TLS that is not encrypted yet (RFC 8446, 5.1). */
  private static final int MAX_RECORD = 1 << 14;

  /**
   * What this is the beginning of.
   *
   * @param loopback whether it comes from this machine
   */
  static Opening of(byte[] head, boolean loopback) {
    if (head.length == 0) {
      return UNKNOWN;
    }
    if (head[0] == HANDSHAKE) {
      return tls(head);
    }
    return loopback ? plain(head) : FOREIGN;
  }

  private static Opening plain(byte[] head) {
    for (int i = 0; i < Math.min(head.length, HEADER.length); i++) {
      if (head[i] != HEADER[i]) {
        return FOREIGN;
      }
    }
    if (head.length <= HEADER.length) {
      return UNKNOWN;
    }
    int protocol = head[HEADER.length];
    return protocol == STREAM_PROTOCOL || protocol == SINGLE_OPERATION ? PLAIN : FOREIGN;
  }

  private static Opening tls(byte[] head) {
    if (head.length > 1 && head[1] != VERSION_MAJOR) {
      return FOREIGN;
    }
    if (head.length < RECORD_HEAD) {
      return UNKNOWN;
    }
    int length = (head[3] & 0xFF) << 8 | head[4] & 0xFF;
    if (length == 0 || length > MAX_RECORD) {
      return FOREIGN;
    }
    return head.length < RECORD_HEAD + length ? UNKNOWN : TLS;
  }
}
