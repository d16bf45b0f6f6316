/** The adapter as a container and its clients see it. */
@NullMarked
package org.acopio.socket.adapter;

import org.jspecify.annotations.NullMarked;
