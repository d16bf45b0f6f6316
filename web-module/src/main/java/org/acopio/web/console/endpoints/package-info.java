/** The page of the listening ports and its switches. */
@NullMarked
package org.acopio.web.console.endpoints;

import org.jspecify.annotations.NullMarked;
