/** Finds the media files of a PC and remembers what it knew of them. Knows nothing of servers. */
@NullMarked
package org.acopio.client.scan;

import org.jspecify.annotations.NullMarked;
