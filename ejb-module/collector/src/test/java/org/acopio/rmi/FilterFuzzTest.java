package org.acopio.rmi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.lang.management.ManagementFactory;
import java.util.Set;
import org.acopio.collect.Server;

/** Whatever stream of objects is sent instead of a parameter: what is expected, or a refusal. */
class FilterFuzzTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Ten times what the filter of small limits lets in. */
  private static final long MOST_ALLOCATED_BYTES = 32L << 20;

  private static final Set<String> COLLECTOR =
      Set.of("org.acopio.remote.Hello", "org.acopio.remote.Batch", "java.lang.String");
  private static final Set<String> PARITY =
      Set.of(
          "java.lang.String",
          "java.util.ArrayList",
          "java.util.ImmutableCollections$List12",
          "java.util.ImmutableCollections$ListN",
          "java.util.Collections$EmptyList",
          "java.util.Collections$SingletonList",
          "java.util.Arrays$ArrayList");

  @FuzzTest
  void collectorLetsInNothingElse(byte[] bytes) {
    read(bytes, Filters.collector(Server.LIMITS), COLLECTOR);
  }

  @FuzzTest
  void parityLetsInNothingElse(byte[] bytes) {
    read(bytes, Filters.parity(), PARITY);
  }

  private static void read(byte[] bytes, ObjectInputFilter filter, Set<String> expected) {
    long allocated = allocatedBy(bytes, filter, expected);
    if (allocated >= MOST_ALLOCATED_BYTES) {
      // Classes that were loaded, and instrumented, for it count only once.
      allocated = allocatedBy(bytes, filter, expected);
    }
    long most = allocated;
    assertTrue(most < MOST_ALLOCATED_BYTES, () -> most + " bytes");
  }

  private static long allocatedBy(byte[] bytes, ObjectInputFilter filter, Set<String> expected) {
    int sung = Canary.SUNG.get();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      in.setObjectInputFilter(filter);
      Object read = in.readObject();
      boolean plain =
          read == null || read.getClass().isArray() || read instanceof java.io.ObjectStreamClass;
      assertTrue(plain || expected.contains(read.getClass().getName()), () -> "" + read.getClass());
    } catch (IOException | ClassNotFoundException | RuntimeException e) {
      // RMI hands whatever the JDK says of a broken stream to the caller.
    }
    assertEquals(sung, Canary.SUNG.get(), "no foreign class is made");
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
