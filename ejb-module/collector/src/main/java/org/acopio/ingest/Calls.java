package org.acopio.ingest;

import org.acopio.collect.Collector;
import org.acopio.collect.Peer;
import org.acopio.remote.Batch;
import org.acopio.remote.Block;
import org.acopio.remote.CollectionSummary;
import org.acopio.remote.CollectorException;
import org.acopio.remote.FileDigest;
import org.acopio.remote.FileOffer;
import org.acopio.remote.Hello;
import org.acopio.remote.ServerInfo;
import org.acopio.remote.Ticket;

/** The requests of one client, and what the collector answers. */
final class Calls {
  private static final int DESCRIBE = 1;
  private static final int OPEN = 2;
  private static final int OFFER = 3;
  private static final int WRITE = 4;
  private static final int FINISH = 5;
  private static final int CLOSE = 6;
  private static final int LIST = 7;
  private static final int READ = 8;

  private static final int MAX_TICKET_BYTES = 64;
  private static final int MAX_NAME_BYTES = 1_024;

  private final Collector collector;
  private final Peer client;
  private final Line line;
  private boolean introduced;

  Calls(Collector collector, Peer client, Line line) {
    this.collector = collector;
    this.client = client;
    this.line = line;
  }

  /** Whether the answer may be much longer than the request. */
  static boolean readsBack(int type) {
    return type == LIST || type == READ;
  }

  /** Does what a request asks for, and returns the body of its answer. */
  byte[] answer(Frame request) throws FaultException, CollectorException {
    Fields in = new Fields(request.body());
    return switch (request.type()) {
      case DESCRIBE -> describe();
      case OPEN -> open(in);
      case OFFER -> offer(in);
      case WRITE -> write(in);
      case FINISH -> finish(in);
      case CLOSE -> close(in);
      case LIST -> list(in);
      case READ -> read(in);
      default ->
          throw new FaultException(
              Fault.UNKNOWN_TYPE,
              "requests of type "
                  + request.type()
                  + " are not known to this server, only 1 to 8; use a newer server or do without");
    };
  }

  private byte[] describe() {
    ServerInfo info = collector.describe();
    return new Body()
        .text(info.version())
        .int32(info.protocol())
        .text(info.storeId())
        .time(info.now())
        .bytes();
  }

  private byte[] open(Fields in) throws FaultException, CollectorException {
    Hello hello = hello(in);
    Ticket ticket = collector.open(client, hello);
    introduce(hello.hostName());
    line.belongsTo(ticket.id());
    return new Body()
        .text(ticket.id())
        .text(ticket.storeId())
        .text(ticket.folder())
        .int32(ticket.blockBytes())
        .int32(ticket.sendBytes())
        .int32(ticket.batchItems())
        .int32(ticket.lanes())
        .duration(ticket.idle())
        .bytes();
  }

  private static Hello hello(Fields in) throws FaultException {
    int protocol = in.int32();
    byte[] key = in.bytes(Hello.KEY_BYTES);
    String version = in.text(MAX_NAME_BYTES);
    String host = in.text(MAX_NAME_BYTES);
    try {
      return new Hello(protocol, key, version, host);
    } catch (IllegalArgumentException e) {
      throw FaultException.malformed(e.getMessage());
    }
  }

  private byte[] offer(Fields in) throws FaultException, CollectorException {
    return Batch.ofVerdicts(collector.offer(client, ticket(in), in.batch(FileOffer.class))).pack();
  }

  private byte[] write(Fields in) throws FaultException, CollectorException {
    return Batch.ofBlockReplies(collector.write(client, ticket(in), in.batch(Block.class))).pack();
  }

  private byte[] finish(Fields in) throws FaultException, CollectorException {
    return Batch.ofCompletions(collector.finish(client, ticket(in), in.batch(FileDigest.class)))
        .pack();
  }

  private byte[] close(Fields in) throws FaultException, CollectorException {
    CollectionSummary summary = collector.close(client, ticket(in));
    return new Body()
        .int64(summary.stored())
        .int64(summary.storedBytes())
        .int64(summary.had())
        .int64(summary.refused())
        .int64(summary.receivedBytes())
        .int64(summary.open())
        .duration(summary.duration())
        .bytes();
  }

  private byte[] list(Fields in) throws FaultException, CollectorException {
    return Batch.ofStoredFiles(collector.list(client, ticket(in), in.int64(), in.int32())).pack();
  }

  private byte[] read(Fields in) throws FaultException, CollectorException {
    byte[] bytes = collector.read(client, ticket(in), in.int64(), in.int64(), in.int32());
    return new Body().int32(bytes.length).raw(bytes).bytes();
  }

  /** Other connections than the one that opened the collection may bring its ticket. */
  private String ticket(Fields in) throws FaultException {
    String ticket = in.text(MAX_TICKET_BYTES);
    line.belongsTo(ticket);
    if (!introduced) {
      introduce(collector.hostName(ticket));
    }
    return ticket;
  }

  private void introduce(String hostName) {
    introduced = !hostName.isEmpty();
    line.callsItself(hostName);
  }
}
