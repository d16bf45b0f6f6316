/** Tests of what event loops and workers share out. */
@NullMarked
package org.acopio.socket.selector;

import org.jspecify.annotations.NullMarked;
