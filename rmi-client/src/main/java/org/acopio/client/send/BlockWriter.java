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

/** Sends content of files as blocks, in as few calls as the ticket's limits allow. */
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
      for (List<Piece> call : calls(link, left)) {
        send(link, call, refused, refusals);
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

  private List<List<Piece>> calls(Link link, List<Piece> pieces) {
    int mostBytes = Math.min(run.sizes().sendBytes(), link.ticket().sendBytes());
    int mostBlocks = link.ticket().batchItems();
    List<List<Piece>> calls = new ArrayList<>();
    List<Piece> call = new ArrayList<>();
    int bytes = 0;
    for (Piece piece : pieces) {
      int length = piece.bytes.remaining();
      if (!call.isEmpty() && (bytes + length > mostBytes || call.size() == mostBlocks)) {
        calls.add(call);
        call = new ArrayList<>();
        bytes = 0;
      }
      call.add(piece);
      bytes += length;
    }
    if (!call.isEmpty()) {
      calls.add(call);
    }
    return calls;
  }

  private void send(
      Link link, List<Piece> pieces, List<Piece> refused, Map<Work, BlockReply> refusals)
      throws LinkLostException, SendException {
    List<Block> blocks = new ArrayList<>(pieces.size());
    for (Piece piece : pieces) {
      run.tally().started(piece.work);
      blocks.add(Block.of(piece.work.upload(), piece.part, piece.offset, piece.bytes));
    }
    List<BlockReply> replies =
        run.lifeline()
            .answers(
                link,
                blocks.size(),
                BlockReply.class,
                (collector, ticket) -> collector.write(ticket, Batch.ofBlocks(blocks)));
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
    int most =
        Math.min(
            link.ticket().blockBytes(),
            Math.min(run.sizes().sendBytes(), link.ticket().sendBytes()));
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
