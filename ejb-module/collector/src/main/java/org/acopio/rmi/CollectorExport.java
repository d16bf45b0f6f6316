package org.acopio.rmi;

import org.acopio.collect.Collector;
import org.acopio.remote.Batch;
import org.acopio.remote.Block;
import org.acopio.remote.BlockReply;
import org.acopio.remote.CollectionSummary;
import org.acopio.remote.CollectorException;
import org.acopio.remote.CollectorException.Code;
import org.acopio.remote.Completion;
import org.acopio.remote.FileCollector;
import org.acopio.remote.FileDigest;
import org.acopio.remote.FileOffer;
import org.acopio.remote.Hello;
import org.acopio.remote.ServerInfo;
import org.acopio.remote.StoredFile;
import org.acopio.remote.Ticket;
import org.acopio.remote.Verdict;

/** The collector as a remote object: adds where the call comes from, and knows no rule. */
final class CollectorExport implements FileCollector {
  private final Collector collector;

  CollectorExport(Collector collector) {
    this.collector = collector;
  }

  @Override
  public ServerInfo describe() {
    return collector.describe();
  }

  @Override
  public Ticket open(Hello hello) throws CollectorException {
    Ticket ticket = collector.open(Caller.peer(), present(hello));
    Caller.calls(hello.hostName());
    return ticket;
  }

  @Override
  public Batch<Verdict> offer(String ticket, Batch<FileOffer> files) throws CollectorException {
    return Batch.ofVerdicts(
        collector.offer(Caller.peer(), known(ticket), items(files, FileOffer.class)));
  }

  @Override
  public Batch<BlockReply> write(String ticket, Batch<Block> blocks) throws CollectorException {
    return Batch.ofBlockReplies(
        collector.write(Caller.peer(), known(ticket), items(blocks, Block.class)));
  }

  @Override
  public Batch<Completion> finish(String ticket, Batch<FileDigest> files)
      throws CollectorException {
    return Batch.ofCompletions(
        collector.finish(Caller.peer(), known(ticket), items(files, FileDigest.class)));
  }

  @Override
  public CollectionSummary close(String ticket) throws CollectorException {
    return collector.close(Caller.peer(), known(ticket));
  }

  @Override
  public Batch<StoredFile> list(String ticket, long after, int limit) throws CollectorException {
    return Batch.ofStoredFiles(collector.list(Caller.peer(), known(ticket), after, limit));
  }

  @Override
  public byte[] read(String ticket, long file, long offset, int length) throws CollectorException {
    return collector.read(Caller.peer(), known(ticket), file, offset, length);
  }

  private String known(@org.jspecify.annotations.Nullable String ticket) throws CollectorException {
    String said = present(ticket);
    Caller.callsIfUnknown(() -> collector.hostName(said));
    return said;
  }

  private static <T> java.util.List<T> items(Batch<?> batch, Class<T> expected)
      throws CollectorException {
    try {
      return present(batch).items(expected);
    } catch (IllegalArgumentException e) {
      throw new CollectorException(Code.BAD_REQUEST, e.getMessage());
    }
  }

  /** A caller can send null where the contract has a value. */
  private static <T> T present(@org.jspecify.annotations.Nullable T value)
      throws CollectorException {
    if (value == null) {
      throw new CollectorException(
          Code.BAD_REQUEST, "an argument is null; every argument has a value");
    }
    return value;
  }
}
