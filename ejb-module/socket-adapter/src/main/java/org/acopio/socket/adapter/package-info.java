/** What a container sees: the adapter's life, its activation spec, and one activation's life. */
@NullMarked
package org.acopio.socket.adapter;

import org.jspecify.annotations.NullMarked;
