/** The page of the console that is named like this package. */
@NullMarked
package org.acopio.web.console.transfers;

import org.jspecify.annotations.NullMarked;
