/**
 * Keeps the collected bytes: blocks of unfinished uploads, and complete files under their final
 * names. Knows nothing of catalogs, tickets or transports.
 */
@NullMarked
package org.acopio.storage;

import org.jspecify.annotations.NullMarked;
