package org.acopio.server;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import org.acopio.config.Settings;
import org.acopio.identity.ServerIdentity;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Makes the server's keys at the first start before the first bean: containers may serve
 * message-driven beans before {@link Acopio} has started, and the resource adapter reads the keys
 * as files when it is given the first one. An extension runs before beans on every container.
 */
public class EarlyIdentity implements Extension {
  void make(@Observes BeforeBeanDiscovery begin) {
    ServerIdentity.open(Settings.data(ConfigProvider.getConfig()));
  }
}
