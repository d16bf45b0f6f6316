/**
 * What goes wrong over HTTP: a code for programs, a sentence for people in their language. Knows
 * nothing of what can be asked for, but that there is a catalog.
 */
@NullMarked
package org.acopio.web.problem;

import org.jspecify.annotations.NullMarked;
