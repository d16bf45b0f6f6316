package org.acopio.launch;

import java.util.logging.LogManager;

/**
 * The JVM's log manager while Acopio runs. The JDK's own one drops every handler in a shutdown hook
 * of its own, side by side with the hook that stops the server, so that the log would lack its most
 * interesting lines; this one keeps them.
 *
 * <p>Public because the JDK makes it by name.
 */
public final class ServerLogManager extends LogManager {
  /** Made by the JDK, before the first logger. */
  public ServerLogManager() {}

  /** Does nothing: the launcher attaches the handlers and closes them last. */
  @Override
  public void reset() {}

  /** Does nothing: the levels and handlers are the launcher's, not those of the JDK's file. */
  @Override
  public void readConfiguration() {}
}
