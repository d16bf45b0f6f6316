/**
 * Finding files among all that were collected: a compact copy of what a search needs, in memory,
 * derived from the catalog and brought up to date by it. It holds no truth of its own.
 */
@NullMarked
package org.acopio.library;

import org.jspecify.annotations.NullMarked;
