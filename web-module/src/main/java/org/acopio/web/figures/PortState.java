package org.acopio.web.figures;

import org.acopio.endpoint.EndpointFigures;

/**
 * A listening port, as far as it can be a problem.
 *
 * @param name of its endpoint, or of its protocol
 * @param port its number
 * @param open connections that are open
 * @param most that may be open at once
 * @param paused whether new connections are turned away
 */
public record PortState(String name, int port, int open, int most, boolean paused) {
  public static PortState of(EndpointFigures figures) {
    return new PortState(
        figures.name(), figures.port(), figures.open(), figures.maxConnections(), figures.paused());
  }

  boolean isFull() {
    return open >= most;
  }
}
