/** Build steps of the distribution that Maven has no plugin for. Not part of the distribution. */
@NullMarked
package org.acopio.assemble;

import org.jspecify.annotations.NullMarked;
