package org.acopio.socket.adapter;

import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;

/** What a container names an activation by: its factory, and the very spec it was given. */
record ActivationKey(MessageEndpointFactory factory, ActivationSpec spec) {
  @Override
  public boolean equals(Object other) {
    return other instanceof ActivationKey key && key.spec == spec && key.factory.equals(factory);
  }

  @Override
  public int hashCode() {
    return 31 * System.identityHashCode(spec) + factory.hashCode();
  }
}
