package org.acopio.client.send;

import java.util.Map;
import org.acopio.remote.BlockReply;

/** A piece of a large file, in memory, inside one part; one call for one lane. */
final class Chunk implements LaneTask {
  private final Run run;
  private final Stream stream;
  private final int part;
  private final long offset;
  private final Slab slab;

  /**
   * @param offset of the slab's first byte, counted from the start of the file
   */
  Chunk(Run run, Stream stream, int part, long offset, Slab slab) {
    this.run = run;
    this.stream = stream;
    this.part = part;
    this.offset = offset;
    this.slab = slab;
  }

  /** True when the server misses none of it. */
  boolean needless(Work work) {
    long end = offset + slab.length();
    return work.missing().stream().allMatch(range -> range.to() <= offset || range.from() >= end);
  }

  @Override
  public void run() throws SendException, InterruptedException {
    Work work = stream.work();
    Link link = run.lifeline().link();
    if (!work.offeredOn(link)) {
      stream.unsent(this);
      return;
    }
    BlockWriter writer = new BlockWriter(run);
    try {
      Map<Work, BlockReply> rejected =
          writer.write(
              link, writer.pieces(link, work, part, slab, 0, offset, offset + slab.length()));
      slab.close();
      stream.sent(rejected.get(work));
    } catch (LinkLostException e) {
      stream.unsent(this);
    }
  }

  /** Gives its memory back without being sent. */
  void drop() {
    slab.close();
  }
}
