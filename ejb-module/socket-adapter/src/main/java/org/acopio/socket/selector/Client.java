package org.acopio.socket.selector;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Whose connection it is.
 *
 * @param address it comes from
 * @param group that its listener put it in; all of an address that are in none count as one
 */
record Client(InetAddress address, @Nullable Object group) {}
