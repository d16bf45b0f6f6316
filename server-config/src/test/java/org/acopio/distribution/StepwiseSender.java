package org.acopio.distribution;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * A client of the ingest port that sends a block when it is told to and not before, so that a test
 * sees every state on the way. The frames are those of docs/protocols.md.
 */
final class StepwiseSender implements AutoCloseable {
  private static final int OPEN = 2;
  private static final int OFFER = 3;
  private static final int WRITE = 4;
  private static final int FINISH = 5;
  private static final int CLOSE = 6;
  private static final int ERROR = 255;
  private static final Map<Integer, Integer> KIND_OF_BATCH = Map.of(OFFER, 1, WRITE, 3, FINISH, 5);
  private static final int PARTS = 4;
  private static final int PATIENCE_MS = 20_000;

  private final Socket socket = new Socket();
  private final DataInputStream in;
  private final DataOutputStream out;
  private final byte[] ticket;
  private final int blockBytes;
  private int request;

  /** Connects and opens a collection. */
  StepwiseSender(int port, String pc, byte[] agentKey) throws IOException {
    this(port, "127.0.0.1", pc, agentKey);
  }

  /** The same from another address of this machine. */
  StepwiseSender(int port, String from, String pc, byte[] agentKey) throws IOException {
    socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MS);
    socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
    out.write("ACOPIO\1\1".getBytes(StandardCharsets.US_ASCII));
    in.readNBytes(12);
    Body open = new Body();
    open.writeInt(1);
    open.write(agentKey);
    open.blob("1").blob(pc);
    DataInputStream answer = call(OPEN, open);
    ticket = blob(answer);
    blob(answer);
    blob(answer);
    blockBytes = answer.readInt();
  }

  /** The port of this client, by which the server tells it from others. */
  int port() {
    return socket.getLocalPort();
  }

  /** Announces a file; nothing of it is sent yet. */
  Sending offer(String path, String mediaType, byte[] content) throws IOException {
    Body offer = new Body();
    offer.blob(path);
    offer.writeLong(content.length);
    offer.writeLong(1_700_000_000L);
    offer.writeInt(0);
    offer.blob(mediaType);
    offer.writeByte(0);
    DataInputStream verdict = one(OFFER, offer);
    expect(2, verdict.readUnsignedByte(), "the server does not want " + path);
    return new Sending(content, verdict.readLong());
  }

  /** One file on its way. */
  final class Sending {
    private final byte[] content;
    private final long upload;
    private final Map<Integer, Integer> sent = new TreeMap<>();

    private Sending(byte[] content, long upload) {
      this.content = content;
      this.upload = upload;
    }

    /** Sends the next bytes of a part, counted from 0, and waits for the receipt. */
    void some(int part, int bytes) throws IOException {
      byte[] all = part(part);
      int at = sent.getOrDefault(part, 0);
      byte[] data = Arrays.copyOfRange(all, at, Math.min(all.length, at + bytes));
      Body block = new Body();
      block.writeLong(upload);
      block.writeByte(part);
      block.writeLong(at);
      block.writeInt(crc(data));
      block.blob(data);
      int outcome = one(WRITE, block).readUnsignedByte();
      if (outcome > 1) {
        throw new IOException("the server refused a block: outcome " + outcome);
      }
      sent.put(part, at + data.length);
    }

    /** Sends the next bytes of a part with a wrong sum, which the server has to notice. */
    void spoiled(int part, int bytes) throws IOException {
      byte[] data = Arrays.copyOf(part(part), bytes);
      Body block = new Body();
      block.writeLong(upload);
      block.writeByte(part);
      block.writeLong(0);
      block.writeInt(~crc(data));
      block.blob(data);
      if (one(WRITE, block).readUnsignedByte() <= 1) {
        throw new IOException("the server took a block whose sum is wrong");
      }
    }

    /** Sends what is left of a part. */
    void rest(int part) throws IOException {
      while (sent.getOrDefault(part, 0) < part(part).length) {
        some(part, blockBytes);
      }
    }

    /** Says that all is sent, and waits until the server has it for good. */
    void finish() throws IOException {
      Body claim = new Body();
      claim.writeLong(upload);
      claim.write(sha256(content));
      for (int part = 0; part < PARTS; part++) {
        claim.writeInt(crc(part(part)));
      }
      expect(1, one(FINISH, claim).readUnsignedByte(), "the server did not store the file");
    }

    private byte[] part(int part) {
      long size = content.length;
      return Arrays.copyOfRange(
          content, (int) (part * size / PARTS), (int) ((part + 1) * size / PARTS));
    }
  }

  /** Ends the collection in order. */
  void end() throws IOException {
    Body close = new Body();
    close.blob(ticket);
    call(CLOSE, close);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  // ------------------------------------------------------------------ frames

  /** Sends a packed batch of one item; what is left of the answer begins with the item's tag. */
  private DataInputStream one(int type, Body item) throws IOException {
    Body batch = new Body();
    batch.blob(ticket);
    batch.writeByte(1);
    batch.writeByte(KIND_OF_BATCH.getOrDefault(type, 0));
    batch.writeInt(1);
    batch.blob(item.bytes());
    DataInputStream answer = call(type, batch);
    answer.readNBytes(10);
    return answer;
  }

  private DataInputStream call(int type, Body body) throws IOException {
    byte[] bytes = body.bytes();
    Body frame = new Body();
    frame.writeInt(bytes.length + 5);
    frame.writeByte(type);
    frame.writeInt(++request);
    frame.write(bytes);
    out.write(frame.bytes());
    int length = in.readInt();
    int answered = in.readUnsignedByte();
    in.readInt();
    byte[] answer = in.readNBytes(length - 5);
    if (answered == ERROR) {
      throw new IOException("the server said: " + new String(answer, StandardCharsets.UTF_8));
    }
    return new DataInputStream(new ByteArrayInputStream(answer));
  }

  private static byte[] blob(DataInputStream from) throws IOException {
    return from.readNBytes(from.readInt());
  }

  private static void expect(int expected, int found, String otherwise) throws IOException {
    if (expected != found) {
      throw new IOException(otherwise + ": " + found);
    }
  }

  private static int crc(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data, 0, data.length);
    return (int) crc.getValue();
  }

  private static byte[] sha256(byte[] data) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(data);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Bytes that grow. */
  private static final class Body extends DataOutputStream {
    private Body() {
      super(new ByteArrayOutputStream());
    }

    private Body blob(String text) throws IOException {
      return blob(text.getBytes(StandardCharsets.UTF_8));
    }

    private Body blob(byte[] data) throws IOException {
      writeInt(data.length);
      write(data);
      return this;
    }

    private byte[] bytes() {
      return ((ByteArrayOutputStream) out).toByteArray();
    }
  }
}
