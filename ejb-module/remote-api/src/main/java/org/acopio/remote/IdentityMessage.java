package org.acopio.remote;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What agent and server say to each other about who a PC is. They talk inside TLS 1.3 with the
 * application protocol {@value #ALPN} on the port of RMI, in turns, and then the server closes:
 *
 * <pre>
 * Enrol   → Issued, Confirm → Done
 * CheckIn → Next, Confirm → Done
 * CheckIn → RenewalWanted, Renew → Issued, Confirm → Done
 * any     → IdentityRefused
 * </pre>
 *
 * <p>{@code Enrol} needs no certificate of the client's, everything else does. The agent writes
 * what it was given to its disk before it confirms; until then the server accepts what was before
 * as well, so that a lost answer costs nothing.
 *
 * <p>On the wire a message is its length (4 bytes, big-endian, {@value #MAX_BYTES} at most), its
 * type (1 byte), and its fields, each with its length (2 bytes). Nothing is deserialised.
 */
public sealed interface IdentityMessage {
  /** The application protocol (RFC 7301) of this conversation. */
  String ALPN = "acopio-identity/1";

  /** The application protocol of remote calls, for which the client shows its certificate. */
  String CALLS_ALPN = "acopio-rmi/1";

  /** Most bytes of a message behind its length. */
  int MAX_BYTES = 16_384;

  /** Length of the word by which an agent goes on where it was. */
  int LINEAGE_BYTES = 16;

  /**
   * A PC that was invited asks for a certificate.
   *
   * @param secret of the {@link EnrolmentCode}
   * @param agent the digest of the agent's key, as in {@link Hello#agentKey}
   * @param publicKey of the agent for TLS, an EC key on P-256 as SubjectPublicKeyInfo in DER
   * @param proof that the agent has the private key: see {@link #proven}
   * @param hostName what the PC calls itself, for people; at most 255 characters
   * @param agentVersion for people; at most 100 characters
   */
  record Enrol(
      byte[] secret,
      Sha256 agent,
      byte[] publicKey,
      byte[] proof,
      String hostName,
      String agentVersion)
      implements IdentityMessage {
    public Enrol {
      secret = secret.clone();
      publicKey = publicKey.clone();
      proof = proof.clone();
      Text.bounded("hostName", hostName, 255);
      Text.bounded("agentVersion", agentVersion, 100);
    }
  }

  /**
   * An agent with a certificate says which word it was given last.
   *
   * @param lineage {@value #LINEAGE_BYTES} bytes
   */
  record CheckIn(byte[] lineage) implements IdentityMessage {
    public CheckIn {
      lineage = sixteen(lineage);
    }
  }

  /** What was given is on the agent's disk. */
  record Confirm() implements IdentityMessage {}

  /**
   * An agent asks for another certificate.
   *
   * @param agent the digest of its key; after {@link Reason#CLONE} that of a new one
   * @param publicKey as in {@link Enrol}, a new one
   * @param proof as in {@link Enrol}
   * @param hostName as in {@link Enrol}
   * @param agentVersion as in {@link Enrol}
   */
  record Renew(Sha256 agent, byte[] publicKey, byte[] proof, String hostName, String agentVersion)
      implements IdentityMessage {
    public Renew {
      publicKey = publicKey.clone();
      proof = proof.clone();
      Text.bounded("hostName", hostName, 255);
      Text.bounded("agentVersion", agentVersion, 100);
    }
  }

  /**
   * A certificate for the agent.
   *
   * @param certificate X.509 in DER, signed by the authority
   * @param authority the server's authority, X.509 in DER, which the agent trusts from now on
   * @param lineage for the next check-in
   */
  record Issued(byte[] certificate, byte[] authority, byte[] lineage) implements IdentityMessage {
    public Issued {
      certificate = certificate.clone();
      authority = authority.clone();
      lineage = sixteen(lineage);
    }
  }

  /**
   * The agent is who it was.
   *
   * @param lineage for the next check-in
   */
  record Next(byte[] lineage) implements IdentityMessage {
    public Next {
      lineage = sixteen(lineage);
    }
  }

  /** The agent is to make a new key, and to ask for its certificate now. */
  record RenewalWanted(Reason reason) implements IdentityMessage {}

  /** The server has noted that the agent has what it was given. */
  record Done() implements IdentityMessage {}

  /**
   * The end: the server does not do it.
   *
   * @param why for programs
   * @param message for people: what was wrong and what to do, in English; at most 1,000 characters
   */
  record IdentityRefused(Why why, String message) implements IdentityMessage {
    public IdentityRefused {
      Text.bounded("message", message, 1_000);
    }
  }

  /** Why a new key is wanted. Names are stable: they travel. */
  enum Reason {
    /** An administrator wants it. */
    REKEY,
    /** Another PC goes on with the same key: this one gets an identity of its own. */
    CLONE
  }

  /** Why the server refuses. Names are stable: they travel. */
  enum Why {
    /** It has no such code: wrong, taken back, expired, or used up. */
    CODE_UNKNOWN,
    /** Too many wrong codes came from this address; later again. */
    TOO_MANY_ATTEMPTS,
    /** It never gave this certificate, or does not remember. */
    KEY_UNKNOWN,
    /** An administrator has taken the certificate back, or it was replaced. */
    KEY_REVOKED,
    /** An administrator has blocked this agent. */
    AGENT_BLOCKED,
    /** The message is none that is expected here. */
    BAD_REQUEST,
    /** Its catalog cannot be reached now; later again. */
    UNAVAILABLE
  }

  /**
   * What an agent signs with its private key (SHA256withECDSA) to prove that it has it, for this
   * server and this connection's certificate only.
   *
   * @param serverCertificate that the server showed, X.509 in DER
   */
  static byte[] proven(byte[] serverCertificate, Sha256 agent, byte[] publicKey) {
    var digest = Sha256.start();
    digest.update("acopio identity proof 1\0".getBytes(StandardCharsets.US_ASCII));
    digest.update(Sha256.start().digest(serverCertificate));
    digest.update(agent.bytes());
    digest.update(Sha256.start().digest(publicKey));
    return digest.digest();
  }

  /**
   * Writes the message and flushes.
   *
   * @throws IllegalArgumentException when it is longer than {@value #MAX_BYTES} bytes
   */
  default void write(OutputStream to) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    if (this instanceof Enrol m) {
      out.writeByte(1);
      fields(
          out,
          m.secret,
          m.agent.bytes(),
          m.publicKey,
          m.proof,
          utf8(m.hostName),
          utf8(m.agentVersion));
    } else if (this instanceof CheckIn m) {
      out.writeByte(2);
      fields(out, m.lineage);
    } else if (this instanceof Confirm) {
      out.writeByte(3);
    } else if (this instanceof Renew m) {
      out.writeByte(4);
      fields(out, m.agent.bytes(), m.publicKey, m.proof, utf8(m.hostName), utf8(m.agentVersion));
    } else if (this instanceof Issued m) {
      out.writeByte(65);
      fields(out, m.certificate, m.authority, m.lineage);
    } else if (this instanceof Next m) {
      out.writeByte(66);
      fields(out, m.lineage);
    } else if (this instanceof RenewalWanted m) {
      out.writeByte(67);
      fields(out, utf8(m.reason.name()));
    } else if (this instanceof Done) {
      out.writeByte(68);
    } else if (this instanceof IdentityRefused m) {
      out.writeByte(69);
      fields(out, utf8(m.why.name()), utf8(m.message));
    }
    byte[] message = bytes.toByteArray();
    if (message.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a message of " + message.length + " bytes; it has at most " + MAX_BYTES);
    }
    byte[] framed = new byte[4 + message.length];
    for (int i = 0; i < 4; i++) {
      framed[i] = (byte) (message.length >> 24 - 8 * i);
    }
    System.arraycopy(message, 0, framed, 4, message.length);
    to.write(framed);
    to.flush();
  }

  /**
   * Reads one message.
   *
   * @throws EOFException when there is none, or it is cut
   * @throws IOException when it is longer than {@value #MAX_BYTES} bytes or none of these; the
   *     stream is of no use then
   */
  static IdentityMessage read(InputStream from) throws IOException {
    int length = new DataInputStream(from).readInt();
    if (length < 1 || length > MAX_BYTES) {
      throw new IOException(
          "a message of " + length + " bytes; it has 1 to " + MAX_BYTES + " of them");
    }
    byte[] bytes = from.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the message was cut after " + bytes.length + " of " + length);
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    try {
      IdentityMessage message = message(in);
      if (in.available() > 0) {
        throw new IOException(in.available() + " bytes more than the message has fields");
      }
      return message;
    } catch (EOFException e) {
      throw new IOException("a field of the message is longer than the message", e);
    } catch (IllegalArgumentException e) {
      throw new IOException("the message is not one of this protocol: " + e.getMessage(), e);
    }
  }

  private static IdentityMessage message(DataInputStream in) throws IOException {
    int type = in.readUnsignedByte();
    return switch (type) {
      case 1 ->
          new Enrol(field(in), Sha256.of(field(in)), field(in), field(in), text(in), text(in));
      case 2 -> new CheckIn(field(in));
      case 3 -> new Confirm();
      case 4 -> new Renew(Sha256.of(field(in)), field(in), field(in), text(in), text(in));
      case 65 -> new Issued(field(in), field(in), field(in));
      case 66 -> new Next(field(in));
      case 67 -> new RenewalWanted(Reason.valueOf(text(in)));
      case 68 -> new Done();
      case 69 -> new IdentityRefused(Why.valueOf(text(in)), text(in));
      default -> throw new IOException("type " + type + " is no message of this protocol");
    };
  }

  private static void fields(DataOutputStream out, byte[]... fields) throws IOException {
    for (byte[] field : fields) {
      if (field.length > MAX_BYTES) {
        throw new IllegalArgumentException(
            "a field of " + field.length + " bytes; a message has at most " + MAX_BYTES);
      }
      out.writeShort(field.length);
      out.write(field);
    }
  }

  private static byte[] field(DataInputStream in) throws IOException {
    byte[] field = new byte[Math.min(in.readUnsignedShort(), MAX_BYTES)];
    in.readFully(field);
    return field;
  }

  /** Text that is no UTF-8 would be another one when it is sent on. */
  private static String text(DataInputStream in) throws IOException {
    byte[] field = field(in);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(field)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("a text of " + field.length + " bytes is not UTF-8", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] sixteen(byte[] bytes) {
    if (Objects.requireNonNull(bytes, "lineage").length != LINEAGE_BYTES) {
      throw new IllegalArgumentException(
          "a lineage has " + LINEAGE_BYTES + " bytes, not " + bytes.length);
    }
    return bytes.clone();
  }
}
