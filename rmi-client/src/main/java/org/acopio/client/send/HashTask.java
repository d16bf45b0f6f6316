package org.acopio.client.send;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import org.acopio.client.scan.Way;

/** Files that the server may have: they are read for their digest alone, and offered with it. */
final class HashTask implements LaneTask {
  private final Run run;
  private final List<Work> files;

  HashTask(Run run, List<Work> files) {
    this.run = run;
    this.files = files;
  }

  @Override
  public void run() throws InterruptedException {
    try (Slab slab = run.waveMemory().slab(Segments.BYTES);
        Way way = new Way()) {
      for (Work work : files) {
        read(work, slab, way);
      }
    }
  }

  private void read(Work work, Slab slab, Way way) throws InterruptedException {
    try (ContentReader reader = run.open(work, way)) {
      slab.cut(0);
      reader.readThrough(slab);
      run.tally().read(work, reader.end());
      run.desk().offerAgain(work);
    } catch (ChangedException e) {
      run.outcomes().changed(work, e.code());
    } catch (ClosedByInterruptException e) {
      throw new InterruptedException("while " + work.file().path() + " was read");
    } catch (IOException e) {
      run.outcomes().unreadable(work, e);
    }
  }
}
