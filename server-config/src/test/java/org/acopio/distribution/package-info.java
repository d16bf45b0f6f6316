/**
 * Tests of the whole: the distribution as a user starts it, and the archives on a container that
 * Acopio's launcher did not start.
 */
@NullMarked
package org.acopio.distribution;

import org.jspecify.annotations.NullMarked;
