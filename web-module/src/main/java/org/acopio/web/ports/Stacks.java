package org.acopio.web.ports;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** What a thread costs before it does anything. */
final class Stacks {
  private static final int KIB = 1_024;

  private Stacks() {}

  /** Address space that the JVM reserves for the stack of a thread; 0 where it does not tell. */
  static long reservedBytes() {
    HotSpotDiagnosticMXBean jvm =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    try {
      return jvm == null ? 0 : KIB * Long.parseLong(jvm.getVMOption("ThreadStackSize").getValue());
    } catch (IllegalArgumentException e) {
      // Another JVM, which calls it something else.
      return 0;
    }
  }
}
