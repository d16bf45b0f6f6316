package org.acopio.endpoint;

/**
 * Values of activation properties that endpoints share. The adapter resolves the expressions when
 * an endpoint is activated; {@code docs/operations.md} has the keys.
 */
final class Activation {
  static final String BIND = "${acopio.bind:127.0.0.1}";
  static final String MAX_CONNECTIONS = "${acopio.socket.max-connections:20000}";
  static final String MAX_CONNECTIONS_PER_ADDRESS =
      "${acopio.socket.max-connections-per-address:15000}";
  static final String MAX_THREADS = "${acopio.session.max-threads:1000}";
  static final String MAX_THREADS_PER_ADDRESS = "${acopio.session.max-threads-per-address:600}";
  static final String FIRST_BYTE = "${acopio.socket.first-byte:PT5M}";
  static final String IDLE = "${acopio.socket.idle:PT30M}";
  static final String DRAIN = "${acopio.socket.drain:PT5S}";
  static final String PROXY_PROTOCOL = "${acopio.socket.proxy-protocol:false}";

  /** Where the server keeps its certificate and key. */
  static final String IDENTITY = "${acopio.data:acopio-data}/identity/";

  private Activation() {}
}
