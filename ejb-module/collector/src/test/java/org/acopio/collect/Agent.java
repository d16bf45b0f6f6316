package org.acopio.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.rmi.RemoteException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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
import org.acopio.remote.Parts;
import org.acopio.remote.Range;
import org.acopio.remote.Receipt;
import org.acopio.remote.Ticket;
import org.acopio.remote.Verdict;

/** An agent with its own key and an open collection. */
final class Agent {
  private static final AtomicInteger KEYS = new AtomicInteger();

  final FileCollector server;
  final byte[] key;
  Ticket ticket;

  private Agent(FileCollector server, byte[] key) throws RemoteException, CollectorException {
    this.server = server;
    this.key = key;
    open();
  }

  /** An agent that nobody has seen before. */
  static Agent fresh(FileCollector server) throws RemoteException, CollectorException {
    byte[] key = new byte[Hello.KEY_BYTES];
    int number = KEYS.incrementAndGet();
    key[0] = (byte) number;
    key[1] = (byte) (number >> 8);
    return new Agent(server, key);
  }

  /** An agent that was here before. */
  static Agent known(FileCollector server) throws RemoteException, CollectorException {
    return new Agent(server, new byte[Hello.KEY_BYTES]);
  }

  /** The same agent on another line. */
  Agent over(FileCollector other) throws RemoteException, CollectorException {
    return new Agent(other, key);
  }

  void open() throws RemoteException, CollectorException {
    ticket = server.open(hello(FileCollector.PROTOCOL));
  }

  Hello hello(int protocol) {
    return new Hello(protocol, key, "test", "PC");
  }

  List<Verdict> offer(FileOffer... files) throws RemoteException, CollectorException {
    return server.offer(ticket.id(), Batch.ofOffers(List.of(files))).items();
  }

  Verdict.Send begin(FileOffer file) throws RemoteException, CollectorException {
    return assertInstanceOf(Verdict.Send.class, offer(file).get(0));
  }

  List<BlockReply> write(Block... blocks) throws RemoteException, CollectorException {
    return server.write(ticket.id(), Batch.ofBlocks(List.of(blocks))).items();
  }

  List<Completion> finish(FileDigest... claims) throws RemoteException, CollectorException {
    return server.finish(ticket.id(), Batch.ofDigests(List.of(claims))).items();
  }

  CollectionSummary close() throws RemoteException, CollectorException {
    return server.close(ticket.id());
  }

  /** Sends what is missing, in one wave for each part and block. */
  void send(Photo photo, Verdict.Send send) throws RemoteException, CollectorException {
    for (Range range : send.missing()) {
      send(photo, send.upload(), range.from(), range.to());
    }
  }

  void send(Photo photo, long upload, long from, long to)
      throws RemoteException, CollectorException {
    long at = from;
    while (at < to) {
      long end = Parts.end(Parts.holding(at, photo.size()), photo.size());
      end = Math.min(Math.min(to, end), at + ticket.blockBytes());
      assertEquals(List.of(BlockReply.ACCEPTED), write(photo.block(upload, at, end)));
      at = end;
    }
  }

  /** Begins a file and sends all of it. */
  long sent(Photo photo, String path) throws RemoteException, CollectorException {
    Verdict.Send send = begin(photo.at(path));
    send(photo, send);
    return send.upload();
  }

  /** Collects a file from the offer to the receipt. */
  Receipt store(Photo photo, String path) throws RemoteException, CollectorException {
    return stored(finish(photo.claim(sent(photo, path))).get(0));
  }

  static Receipt stored(Completion completion) {
    return assertInstanceOf(Completion.Stored.class, completion).receipt();
  }

  byte[] read(Receipt receipt) throws RemoteException, CollectorException {
    byte[] all = new byte[0];
    while (all.length < receipt.size()) {
      byte[] piece = server.read(ticket.id(), receipt.file(), all.length, ticket.blockBytes());
      int before = all.length;
      all = Arrays.copyOf(all, before + piece.length);
      System.arraycopy(piece, 0, all, before, piece.length);
      if (piece.length == 0) {
        break;
      }
    }
    return all;
  }
}
