package org.acopio.rmi;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.util.concurrent.atomic.AtomicInteger;

/** A class that the server has but does not expect; it sings when it is deserialised. */
final class Canary implements Serializable {
  static final AtomicInteger SUNG = new AtomicInteger();

  @Serial private static final long serialVersionUID = 1L;

  @Serial
  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    SUNG.incrementAndGet();
    in.defaultReadObject();
  }
}
