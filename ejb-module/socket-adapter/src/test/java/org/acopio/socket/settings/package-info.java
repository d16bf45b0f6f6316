/** Properties and expressions. */
@NullMarked
package org.acopio.socket.settings;

import org.jspecify.annotations.NullMarked;
