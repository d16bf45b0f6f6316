/**
 * Tells what a file is by its first bytes and its name; the agent and the server ask here, so that
 * they agree. Knows nothing else of the product.
 */
@NullMarked
package org.acopio.media;

import org.jspecify.annotations.NullMarked;
