/**
 * What both kinds of concurrency share: connections, admission, figures, and the way to the bean.
 */
@NullMarked
package org.acopio.socket.delivery;

import org.jspecify.annotations.NullMarked;
