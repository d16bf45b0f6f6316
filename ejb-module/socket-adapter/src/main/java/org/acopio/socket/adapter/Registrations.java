package org.acopio.socket.adapter;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.acopio.socket.delivery.Port;
import org.acopio.socket.settings.Failure;

/** The figures of one activation's ports in the platform's MBean server. */
final class Registrations {
  private static final Logger LOG = System.getLogger(Registrations.class.getName());

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final String endpoint;
  private final List<ObjectName> names = new ArrayList<>();

  Registrations(String endpoint) {
    this.endpoint = endpoint;
  }

  /** An endpoint works without its figures, so a failure is only reported. */
  void add(Port port) {
    String text =
        "org.acopio.socket:type=Endpoint,name=" + endpoint + ",port=" + port.address().getPort();
    try {
      ObjectName name = new ObjectName(text);
      server.registerMBean(port.figures(), name);
      names.add(name);
    } catch (JMException refused) {
      LOG.log(Level.WARNING, Failure.STATISTICS.text(endpoint, text, refused), refused);
    }
  }

  void close() {
    for (ObjectName name : names) {
      try {
        server.unregisterMBean(name);
      } catch (JMException gone) {
        LOG.log(Level.DEBUG, "the figures of " + name + " were not there any more", gone);
      }
    }
  }
}
