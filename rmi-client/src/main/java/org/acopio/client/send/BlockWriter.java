package org.acopio.client.send;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.acopio.remote.Batch;
import org.acopio.remote.Block;
import org.acopio.remote.BlockReply;
import org.acopio.remote.Parts;
import org.acopio.remote.Range;

/** Sends content of files as blocks, in as few calls as ticket and {@link Stride} allow. */
final class BlockWriter {
  private final Run run;

  BlockWriter(Run run) {
    this.run = run;
  }

  /**
   * Sends pieces, of one part of each file at most. Blocks that were damaged on the way are sent
   * again.
   *
   * @return for the files of which a block was not taken, the last reply
   */
  Map<Work, BlockReply> write(Link link, List<Piece> pieces)
      throws LinkLostException, SendException {
    Map<Work, BlockReply> rejected = new HashMap<>();
    List<Piece> left = pieces;
    for (int attempt = 0; attempt < Work.TRIES && !left.isEmpty(); attempt++) {
      Map<Work, BlockReply> refusals = new HashMap<>();
      List<Piece> refused = new ArrayList<>();
      for (int sent = 0; sent < left.size(); ) {
        List<Piece> call = call(link, left.subList(sent, left.size()));
        send(link, call, refused, refusals);
        sent += call.size();
      }
      left = new ArrayList<>();
      for (Piece piece : refused) {
        if (refusals.get(piece.work).outcome() == BlockReply.Outcome.CORRUPT
            && attempt < Work.TRIES - 1) {
          left.add(piece);
        } else {
          rejected.put(piece.work, refusals.get(piece.work));
        }
      }
    }
    return rejected;
  }

  /** The first pieces, as many as one call may carry now. */
  private List<Piece> call(Link link, List<Piece> pieces) {
    int mostBytes = sendBytes(link);
    int count = 0;
    int bytes = 0;
    while (count < Math.min(pieces.size(), link.ticket().batchItems())) {
      bytes += pieces.get(count).bytes.remaining();
      if (count > 0 && bytes > mostBytes) {
        break;
      }
      count++;
    }
    return pieces.subList(0, count);
  }

  private int sendBytes(Link link) {
    return Math.min(run.stride().bytes(), link.ticket().sendBytes());
  }

  private void send(
      Link link, List<Piece> pieces, List<Piece> refused, Map<Work, BlockReply> refusals)
      throws LinkLostException, SendException {
    List<Block> blocks = new ArrayList<>(pieces.size());
    int bytes = 0;
    for (Piece piece : pieces) {
      run.tally().started(piece.work);
      bytes += piece.bytes.remaining();
      blocks.add(Block.of(piece.work.upload(), piece.part, piece.offset, piece.bytes));
    }
    List<BlockReply> replies = send(link, blocks, bytes);
    for (int i = 0; i < replies.size(); i++) {
      Piece piece = pieces.get(i);
      if (replies.get(i).outcome() == BlockReply.Outcome.ACCEPTED) {
        run.lifeline().progress();
        run.tally().accepted(piece.work, piece.bytes.remaining());
      } else {
        refused.add(piece);
        refusals.put(piece.work, replies.get(i));
      }
    }
  }

  private List<BlockReply> send(Link link, List<Block> blocks, int bytes)
      throws LinkLostException, SendException {
    Line line = run.lifeline().line();
    int dialled = line.dialled();
    long begun = run.stride().begin();
    try {
      List<BlockReply> replies =
          run.lifeline()
              .answers(
                  link,
                  blocks.size(),
                  BlockReply.class,
                  (collector, ticket) -> collector.write(ticket, Batch.ofBlocks(blocks)));
      if (line.dialled() == dialled) {
        run.stride().passed(begun, bytes);
      }
      return replies;
    } catch (LinkLostException e) {
      run.stride().lost(begun);
      throw e;
    }
  }

  /**
   * Cuts what the server misses of one part out of content in memory.
   *
   * @param slab holds the file's bytes from {@code offset} to {@code end}, from {@code start} on
   */
  List<Piece> pieces(Link link, Work work, int part, Slab slab, int start, long offset, long end) {
    List<Piece> pieces = new ArrayList<>();
    long partStart = Parts.start(part, work.size());
    long lowest = Math.max(offset, partStart);
    long highest = Math.min(end, Parts.end(part, work.size()));
    int most = Math.min(link.ticket().blockBytes(), sendBytes(link));
    for (Range range : work.missing()) {
      long from = Math.max(lowest, range.from());
      long to = Math.min(highest, range.to());
      while (from < to) {
        int at = (int) (from - offset) + start;
        ByteBuffer bytes = slab.piece(at, at + (int) Math.min(most, to - from));
        pieces.add(new Piece(work, part, from - partStart, bytes));
        from += bytes.remaining();
      }
    }
    return pieces;
  }

  /**
   * What becomes one block.
   *
   * @param offset of the first byte, counted from the start of the part
   */
  record Piece(Work work, int part, long offset, ByteBuffer bytes) {}
}
