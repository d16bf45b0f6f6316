package org.acopio.collect;

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

/** A transport without a wire: calls come from the address that the test says. */
record Direct(Collector collector, Peer caller) implements FileCollector {
  static final int PORT = 40_001;

  /** A call from that address, by the port that tests look for. */
  Direct(Collector collector, String address) {
    this(collector, new Peer(address, PORT, Transport.RMI));
  }

  @Override
  public ServerInfo describe() {
    return collector.describe();
  }

  @Override
  public Ticket open(Hello hello) throws CollectorException {
    return collector.open(caller, hello);
  }

  @Override
  public Batch<Verdict> offer(String ticket, Batch<FileOffer> files) throws CollectorException {
    return Batch.ofVerdicts(collector.offer(caller, ticket, files.items()));
  }

  @Override
  public Batch<BlockReply> write(String ticket, Batch<Block> blocks) throws CollectorException {
    return Batch.ofBlockReplies(collector.write(caller, ticket, blocks.items()));
  }

  @Override
  public Batch<Completion> finish(String ticket, Batch<FileDigest> files)
      throws CollectorException {
    return Batch.ofCompletions(collector.finish(caller, ticket, files.items()));
  }

  @Override
  public CollectionSummary close(String ticket) throws CollectorException {
    return collector.close(caller, ticket);
  }

  @Override
  public Batch<StoredFile> list(String ticket, long after, int limit) throws CollectorException {
    return Batch.ofStoredFiles(collector.list(caller, ticket, after, limit));
  }

  @Override
  public byte[] read(String ticket, long file, long offset, int length) throws CollectorException {
    return collector.read(caller, ticket, file, offset, length);
  }
}
