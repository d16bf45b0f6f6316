/**
 * The contracts of Acopio's remote services and the values that cross the wire. Needs the JDK only.
 *
 * <p>Values are immutable and checked when they are made, so a value that was received is as valid
 * as one that was made here. Batches travel as one packed array ({@link org.acopio.remote.Batch}),
 * whose elements may gain trailing fields in later versions without breaking older readers.
 */
@NullMarked
package org.acopio.remote;

import org.jspecify.annotations.NullMarked;
