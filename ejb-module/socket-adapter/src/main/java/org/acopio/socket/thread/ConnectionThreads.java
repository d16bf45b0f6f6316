package org.acopio.socket.thread;

import java.lang.reflect.Method;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the threads of control. From Java 24 they are virtual. Java 21 to 23 have virtual threads
 * too, but there one that blocks inside {@code synchronized}, as containers do, keeps its carrier
 * (JEP 491), and a few blocked connections would stall all others; so platform threads are used.
 */
final class ConnectionThreads {
  private static final int FIRST_WITHOUT_PINNING = 24;

  /** Address space, of which only what is used becomes memory. */
  private static final long STACK_BYTES = 512 * 1024;

  private static final long KEEP_ALIVE_SECONDS = 5;

  private ConnectionThreads() {}

  /**
   * @param name how the threads' names begin
   */
  static ExecutorService open(String name) {
    return Runtime.version().feature() >= FIRST_WITHOUT_PINNING ? virtual(name) : platform(name);
  }

  private static ExecutorService platform(String name) {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        KEEP_ALIVE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(null, task, name + number.incrementAndGet(), STACK_BYTES);
          thread.setDaemon(true);
          return thread;
        });
  }

  /** By reflection, because this is compiled for Java 17. */
  private static ExecutorService virtual(String name) {
    try {
      Class<?> builderType = Class.forName("java.lang.Thread$Builder");
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      builder = builderType.getMethod("name", String.class, long.class).invoke(builder, name, 1L);
      ThreadFactory factory = (ThreadFactory) builderType.getMethod("factory").invoke(builder);
      Method open = Executors.class.getMethod("newThreadPerTaskExecutor", ThreadFactory.class);
      return (ExecutorService) open.invoke(null, factory);
    } catch (ReflectiveOperationException changed) {
      throw new IllegalStateException("this Java has no virtual threads", changed);
    }
  }
}
