/** Compares what the catalog says with what the store has, and mends what can be mended. */
@NullMarked
package org.acopio.check;

import org.jspecify.annotations.NullMarked;
