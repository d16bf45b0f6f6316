/**
 * Where a message begins and ends in the bytes of a connection, and the PROXY protocol's header.
 */
@NullMarked
package org.acopio.socket.frame;

import org.jspecify.annotations.NullMarked;
