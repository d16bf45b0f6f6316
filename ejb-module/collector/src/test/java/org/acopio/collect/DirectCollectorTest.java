package org.acopio.collect;

import org.acopio.remote.FileCollector;

/** The rules without a wire. */
class DirectCollectorTest extends CollectorContract {
  @Override
  FileCollector connect() {
    return new Direct(server.collector, "192.0.2.17");
  }
}
