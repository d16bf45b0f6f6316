/**
 * What the store proves of what PCs said they have: certificates and checksums, written as streams.
 */
@NullMarked
package org.acopio.proof;

import org.jspecify.annotations.NullMarked;
