/** Connections on Netty event loops: {@code concurrency=selector}. */
@NullMarked
package org.acopio.socket.selector;

import org.jspecify.annotations.NullMarked;
