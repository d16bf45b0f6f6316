package org.acopio.collect;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Durations in classes from 0.1 ms to 5 s, and their sum. Nothing in it ever falls. Thread-safe; a
 * note waits for nobody, so that a reader may see one that is not in all figures yet.
 */
public final class DurationHistogram {
  private static final long MICROSECOND = 1_000;

  private static final long[] BOUNDS =
      LongStream.of(100, 250, 500)
          .flatMap(step -> LongStream.of(step, step * 10, step * 100, step * 1_000, step * 10_000))
          .map(micros -> micros * MICROSECOND)
          .sorted()
          .toArray();

  private final LongAdder[] classes =
      Stream.generate(LongAdder::new).limit(BOUNDS.length + 1).toArray(LongAdder[]::new);
  private final LongAdder sum = new LongAdder();
  private final LongAccumulator longest = new LongAccumulator(Math::max, 0);

  DurationHistogram() {}

  /** The upper bounds of the classes but the last, which has none; ascending. */
  public static List<Duration> bounds() {
    return LongStream.of(BOUNDS).mapToObj(Duration::ofNanos).toList();
  }

  /** Notes one of so many nanoseconds; a negative one, which no clock should tell, counts as 0. */
  void add(long nanos) {
    long taken = Math.max(0, nanos);
    int at = 0;
    while (at < BOUNDS.length && taken > BOUNDS[at]) {
      at++;
    }
    classes[at].increment();
    sum.add(taken);
    longest.accumulate(taken);
  }

  /** How many there were. */
  public long count() {
    return upTo(BOUNDS.length);
  }

  /** How many took at most this long, which must be one of {@link #bounds()}. */
  public long count(Duration bound) {
    int at = bounds().indexOf(bound);
    if (at < 0) {
      throw new IllegalArgumentException(bound + " is none of the bounds " + bounds());
    }
    return upTo(at);
  }

  private long upTo(int last) {
    long count = 0;
    for (int at = 0; at <= last; at++) {
      count += classes[at].sum();
    }
    return count;
  }

  /** How long all of them took together. */
  public Duration sum() {
    return Duration.ofNanos(sum.sum());
  }

  /** How long the longest took; zero when there was none. */
  public Duration longest() {
    return Duration.ofNanos(longest.get());
  }
}
