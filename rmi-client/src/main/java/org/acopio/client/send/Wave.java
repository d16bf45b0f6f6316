package org.acopio.client.send;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.acopio.client.scan.Way;
import org.acopio.remote.BlockReply;
import org.acopio.remote.Parts;

/**
 * Small files that travel together: each is read once into memory, then part 1 of all goes in one
 * call, part 2 in the next, and so on.
 */
final class Wave implements LaneTask {
  private final Run run;
  private final List<Work> files;
  private final BlockWriter writer;

  Wave(Run run, List<Work> files) {
    this.run = run;
    this.files = files;
    this.writer = new BlockWriter(run);
  }

  @Override
  public void run() throws SendException, InterruptedException {
    long bytes = 0;
    for (Work work : files) {
      bytes += work.size();
    }
    try (Slab slab = run.waveMemory().slab(bytes)) {
      send(read(slab), slab);
    }
  }

  /** Where in the slab each file begins. */
  private Map<Work, Integer> read(Slab slab) throws InterruptedException {
    Map<Work, Integer> starts = new LinkedHashMap<>();
    try (Way way = new Way()) {
      for (Work work : files) {
        int start = slab.length();
        if (read(work, slab, way)) {
          starts.put(work, start);
        } else {
          slab.cut(start);
        }
      }
    }
    return starts;
  }

  private boolean read(Work work, Slab slab, Way way) throws InterruptedException {
    try (ContentReader reader = run.open(work, way)) {
      reader.read((int) work.size(), slab);
      run.tally().read(work, reader.end());
      return true;
    } catch (ChangedException e) {
      run.outcomes().changed(work, e.code());
    } catch (ClosedByInterruptException e) {
      throw new InterruptedException("while " + work.file().path() + " was read");
    } catch (IOException e) {
      run.outcomes().unreadable(work, e);
    }
    return false;
  }

  private void send(Map<Work, Integer> starts, Slab slab)
      throws SendException, InterruptedException {
    List<Work> left = new ArrayList<>(starts.keySet());
    Offers offers = new Offers(run);
    while (true) {
      Link link = offers.renew(left);
      try {
        for (int part = 0; part < Parts.COUNT; part++) {
          sendPart(link, part, left, starts, slab);
        }
        run.desk().sent(left);
        return;
      } catch (LinkLostException e) {
        // The next turn offers what is left on the next link, and sends what is missing there.
        continue;
      }
    }
  }

  private void sendPart(Link link, int part, List<Work> left, Map<Work, Integer> starts, Slab slab)
      throws LinkLostException, SendException {
    List<BlockWriter.Piece> pieces = new ArrayList<>();
    for (Work work : left) {
      pieces.addAll(writer.pieces(link, work, part, slab, starts.get(work), 0, work.size()));
    }
    Map<Work, BlockReply> rejected = writer.write(link, pieces);
    left.removeAll(rejected.keySet());
    rejected.forEach(run.outcomes()::rejected);
  }
}
