/** The page of the console that is named like this package. */
@NullMarked
package org.acopio.web.console.overview;

import org.jspecify.annotations.NullMarked;
