/** Puts the parts together, inside a container. */
@NullMarked
package org.acopio.server;

import org.jspecify.annotations.NullMarked;
