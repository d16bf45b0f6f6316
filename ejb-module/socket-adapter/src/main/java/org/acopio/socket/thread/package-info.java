/** Connections with a thread of control each: {@code concurrency=thread}. */
@NullMarked
package org.acopio.socket.thread;

import org.jspecify.annotations.NullMarked;
