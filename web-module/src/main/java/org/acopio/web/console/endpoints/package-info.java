/**
 * The page of the listening ports: their figures, their switches, and a load to compare them by.
 */
@NullMarked
package org.acopio.web.console.endpoints;

import org.jspecify.annotations.NullMarked;
