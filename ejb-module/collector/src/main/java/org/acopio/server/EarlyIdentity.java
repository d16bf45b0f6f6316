package org.acopio.server;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import java.lang.System.Logger.Level;
import org.acopio.config.ConfigurationException;
import org.acopio.config.Settings;
import org.acopio.identity.IdentityException;
import org.acopio.identity.ServerIdentity;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Makes the server's keys at the first start before the first bean: containers may serve
 * message-driven beans before {@link Acopio} has started, and the resource adapter reads the keys
 * as files when it is given the first one. An extension runs before beans on every container.
 */
public class EarlyIdentity implements Extension {
  void make(@Observes BeforeBeanDiscovery begin) {
    try {
      ServerIdentity.open(Settings.data(ConfigProvider.getConfig()));
    } catch (IdentityException | ConfigurationException e) {
      // Acopio finds the same and stops the start with it; from here it would come wrapped up.
      System.getLogger(EarlyIdentity.class.getName())
          .log(Level.DEBUG, "the server's keys cannot be used", e);
    }
  }
}
