/** Counting connections. */
@NullMarked
package org.acopio.socket.delivery;

import org.jspecify.annotations.NullMarked;
