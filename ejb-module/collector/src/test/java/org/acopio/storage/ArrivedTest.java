package org.acopio.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.acopio.remote.Range;
import org.junit.jupiter.api.Test;

class ArrivedTest {
  private static final int END = 60;

  @Property(tries = 500, seed = "4202611")
  void rangesAreThoseOfASetOfBytes(
      @ForAll @Size(max = 40) List<@Size(3) List<@IntRange(min = 0, max = END) Integer>> steps) {
    Arrived arrived = new Arrived();
    BitSet model = new BitSet();
    for (List<Integer> step : steps) {
      int from = Math.min(step.get(0), step.get(1));
      int to = Math.max(step.get(0), step.get(1));
      if (step.get(2) < 15) {
        arrived.remove(from, to);
        model.clear(from, to);
      } else {
        int before = model.cardinality();
        model.set(from, to);
        assertEquals(model.cardinality() - before, arrived.add(from, to));
      }
      assertEquals(model.cardinality(), arrived.total());
      assertEquals(model.get(from, to).cardinality(), arrived.total(from, to));
      assertEquals(ranges(model, from, to, true), arrived.within(from, to));
      assertEquals(ranges(model, from, to, false), arrived.gaps(from, to));
      assertEquals(ranges(model, 0, END, false), arrived.gaps(0, END));
      assertEquals(model.get(from) ? model.nextClearBit(from) : from, arrived.endOfRun(from));
    }
  }

  private static List<Range> ranges(BitSet model, int from, int to, boolean there) {
    List<Range> ranges = new ArrayList<>();
    int at = from;
    while (at < to) {
      int end = at + 1;
      while (end < to && model.get(end) == model.get(at)) {
        end++;
      }
      if (model.get(at) == there) {
        ranges.add(new Range(at, end));
      }
      at = end;
    }
    return ranges;
  }

  @Test
  void rangesOfTheLargestFileFit() {
    Arrived arrived = new Arrived();
    arrived.add(0, 1L << 60);
    arrived.remove(1L << 59, (1L << 59) + 1);
    assertEquals((1L << 60) - 1, arrived.total());
    assertEquals(List.of(new Range(1L << 59, (1L << 59) + 1)), arrived.gaps(0, 1L << 60));
  }
}
