package org.acopio.socket.thread;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.acopio.socket.delivery.Bean;
import org.acopio.socket.delivery.Beans;

/**
 * A bounded number of beans for any number of connections: containers pool a few dozen of a bean's
 * instances, and one for each connection would exhaust them. Thread-safe.
 */
final class BeanPool {
  private final Beans beans;
  private final Semaphore free;
  private final Queue<Bean> idle = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  BeanPool(Beans beans, int most) {
    this.beans = beans;
    this.free = new Semaphore(most);
  }

  /** Waits for a bean that nobody uses; it is given back with {@link #give}. */
  Bean take() throws InterruptedException {
    free.acquire();
    Bean bean = idle.poll();
    return bean == null ? beans.bean() : bean;
  }

  void give(Bean bean) {
    idle.add(bean);
    free.release();
    if (closed) {
      releaseIdle();
    }
  }

  /** Gives all beans back to the container, those in use as soon as they are given back here. */
  void close() {
    closed = true;
    releaseIdle();
  }

  private void releaseIdle() {
    for (Bean bean = idle.poll(); bean != null; bean = idle.poll()) {
      bean.release();
    }
  }
}
