package org.acopio.socket.settings;

/** How connections are given threads. */
public enum Concurrency {
  /** A few event loops serve all connections. */
  SELECTOR,
  /** Each connection has a thread of control, which blocks on its reads. */
  THREAD;

  /** As it is written in a property. */
  public String word() {
    return PropertyReader.word(this);
  }
}
