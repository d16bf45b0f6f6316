/**
 * The listening ports as message-driven beans over the TCP resource adapter: each says where it
 * listens and how it is served, and hands its connections to a service. The only package that knows
 * {@code org.acopio.socket}.
 */
@NullMarked
package org.acopio.endpoint;

import org.jspecify.annotations.NullMarked;
