/** Connections with a thread each: peers that are gone. */
@NullMarked
package org.acopio.socket.thread;

import org.jspecify.annotations.NullMarked;
