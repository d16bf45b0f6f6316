package org.acopio.server;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import org.acopio.config.Settings;
import org.acopio.identity.ServerIdentity;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Makes the server's keys at the first start before anything else: message-driven beans are
 * activated before {@link Acopio} starts, and the resource adapter then reads the keys as files. An
 * extension is the first of an application that runs, on every container.
 */
public class EarlyIdentity implements Extension {
  void make(@Observes BeforeBeanDiscovery begin) {
    ServerIdentity.open(Settings.data(ConfigProvider.getConfig()));
  }
}
