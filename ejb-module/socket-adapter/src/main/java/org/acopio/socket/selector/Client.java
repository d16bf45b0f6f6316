package org.acopio.socket.selector;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Whose connection it is.
 *
 * @param address it comes from
 * @param group that its listener put it in; nothing when it stands for itself
 */
record Client(InetAddress address, @Nullable Object group) {}
