package org.acopio.ingest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.rmi.RemoteException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.acopio.remote.Batch;
import org.acopio.remote.Block;
import org.acopio.remote.BlockReply;
import org.acopio.remote.CollectionSummary;
import org.acopio.remote.CollectorException;
import org.acopio.remote.Completion;
import org.acopio.remote.FileCollector;
import org.acopio.remote.FileDigest;
import org.acopio.remote.FileOffer;
import org.acopio.remote.Hello;
import org.acopio.remote.ServerInfo;
import org.acopio.remote.StoredFile;
import org.acopio.remote.Ticket;
import org.acopio.remote.Verdict;

/** The collector at the other end of the ingest protocol. Every call that runs has a connection. */
public final class IngestClient implements FileCollector, AutoCloseable {
  private final int port;
  private final Deque<FrameConnection> free = new ConcurrentLinkedDeque<>();

  public IngestClient(int port) {
    this.port = port;
  }

  @Override
  public void close() throws IOException {
    for (FrameConnection connection : free) {
      connection.close();
    }
  }

  @Override
  public ServerInfo describe() throws RemoteException {
    try {
      ByteBuffer in = call(1, new Body());
      return new ServerInfo(text(in), in.getInt(), text(in), time(in));
    } catch (CollectorException e) {
      throw new RemoteException("describe was refused", e);
    }
  }

  @Override
  public Ticket open(Hello hello) throws RemoteException, CollectorException {
    ByteBuffer in =
        call(
            2,
            new Body()
                .int32(hello.protocol())
                .raw(hello.agentKey())
                .text(hello.agentVersion())
                .text(hello.hostName()));
    return new Ticket(
        text(in),
        text(in),
        text(in),
        in.getInt(),
        in.getInt(),
        in.getInt(),
        in.getInt(),
        duration(in));
  }

  @Override
  public Batch<Verdict> offer(String ticket, Batch<FileOffer> files)
      throws RemoteException, CollectorException {
    return Batch.ofVerdicts(batch(3, ticket, files, Verdict.class));
  }

  @Override
  public Batch<BlockReply> write(String ticket, Batch<Block> blocks)
      throws RemoteException, CollectorException {
    return Batch.ofBlockReplies(batch(4, ticket, blocks, BlockReply.class));
  }

  @Override
  public Batch<Completion> finish(String ticket, Batch<FileDigest> files)
      throws RemoteException, CollectorException {
    return Batch.ofCompletions(batch(5, ticket, files, Completion.class));
  }

  private <T> java.util.List<T> batch(int type, String ticket, Batch<?> sent, Class<T> answers)
      throws RemoteException, CollectorException {
    return Batch.unpack(call(type, new Body().text(ticket).raw(sent.pack()))).items(answers);
  }

  @Override
  public CollectionSummary close(String ticket) throws RemoteException, CollectorException {
    ByteBuffer in = call(6, new Body().text(ticket));
    return new CollectionSummary(
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        in.getLong(),
        duration(in));
  }

  @Override
  public Batch<StoredFile> list(String ticket, long after, int limit)
      throws RemoteException, CollectorException {
    ByteBuffer in = call(7, new Body().text(ticket).int64(after).int32(limit));
    return Batch.ofStoredFiles(Batch.unpack(in).items(StoredFile.class));
  }

  @Override
  public byte[] read(String ticket, long file, long offset, int length)
      throws RemoteException, CollectorException {
    ByteBuffer in = call(8, new Body().text(ticket).int64(file).int64(offset).int32(length));
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return bytes;
  }

  private ByteBuffer call(int type, Body body) throws RemoteException, CollectorException {
    try {
      FrameConnection connection = free.poll();
      if (connection == null) {
        connection = FrameConnection.greeted(port);
      }
      Frame answer = connection.call(type, body.bytes());
      free.push(connection);
      return result(type, answer);
    } catch (IOException e) {
      throw new RemoteException("the connection failed", e);
    }
  }

  private static ByteBuffer result(int type, Frame answer)
      throws RemoteException, CollectorException {
    if (answer.type() == type + Frame.ANSWER) {
      return answer.body();
    }
    int code = Byte.toUnsignedInt(answer.body().get());
    answer.body().get();
    String text = text(answer.body());
    CollectorException.Code refused =
        Arrays.stream(CollectorException.Code.values())
            .filter(value -> Fault.of(value).code() == code)
            .findFirst()
            .orElseThrow(() -> new RemoteException("error " + code + ": " + text));
    throw new CollectorException(refused, text);
  }

  static String text(ByteBuffer in) {
    byte[] utf8 = new byte[in.getInt()];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static Instant time(ByteBuffer in) {
    return Instant.ofEpochSecond(in.getLong(), in.getInt());
  }

  private static Duration duration(ByteBuffer in) {
    return Duration.ofSeconds(in.getLong(), in.getInt());
  }
}
