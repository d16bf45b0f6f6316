/** How bytes become messages. */
@NullMarked
package org.acopio.socket.frame;

import org.jspecify.annotations.NullMarked;
