package org.acopio.collect;

import java.net.InetAddress;
import java.rmi.registry.LocateRegistry;
import org.acopio.parity.ParityCalls;
import org.acopio.remote.FileCollector;
import org.acopio.rmi.RmiExport;
import org.acopio.rmi.RmiSettings;
import org.junit.jupiter.api.AfterAll;

/** The rules through a real registry over loopback. */
class RmiCollectorTest extends CollectorContract {
  private RmiExport export;

  @Override
  FileCollector connect() throws Exception {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    export = server.export(new RmiSettings(loopback, 0, ""), new ParityCalls());
    export.open();
    return (FileCollector)
        LocateRegistry.getRegistry("127.0.0.1", export.port()).lookup(FileCollector.NAME);
  }

  @AfterAll
  void unexport() {
    export.close();
  }
}
