/** What this module may depend on, and what its documents say. */
@NullMarked
package org.acopio.socket.rules;

import org.jspecify.annotations.NullMarked;
