/** Tells even from odd, on integers of any length. */
@NullMarked
package org.acopio.parity;

import org.jspecify.annotations.NullMarked;
