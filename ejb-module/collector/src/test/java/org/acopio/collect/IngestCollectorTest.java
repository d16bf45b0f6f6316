package org.acopio.collect;

import org.acopio.endpoint.IngestPort;
import org.acopio.ingest.Ingest;
import org.acopio.ingest.IngestClient;
import org.acopio.remote.FileCollector;
import org.junit.jupiter.api.AfterAll;

/** The rules through the frames of the ingest protocol, over real sockets. */
class IngestCollectorTest extends CollectorContract {
  private IngestPort port;
  private IngestClient client;

  @Override
  FileCollector connect() throws Exception {
    port = new IngestPort(new Ingest(server.collector, Server.LIMITS));
    client = new IngestClient(port.port());
    return client;
  }

  @AfterAll
  void disconnect() throws Exception {
    client.close();
    port.close();
  }
}
