/** The archive that containers deploy. */
@NullMarked
package org.acopio.socket.archive;

import org.jspecify.annotations.NullMarked;
