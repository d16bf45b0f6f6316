package org.acopio.client.send;

import org.acopio.remote.FileCollector;
import org.acopio.remote.Ticket;

/** One open ticket at one server. Compared by identity: after a loss there is another. */
final class Link {
  private final FileCollector collector;
  private final Ticket ticket;

  Link(FileCollector collector, Ticket ticket) {
    this.collector = collector;
    this.ticket = ticket;
  }

  FileCollector collector() {
    return collector;
  }

  Ticket ticket() {
    return ticket;
  }
}
