/**
 * The bytes of collected files for browsers: whole, in ranges, as small pictures, many as one zip.
 * Whatever a file is, nothing here makes a browser run it.
 */
@NullMarked
package org.acopio.web.content;

import org.jspecify.annotations.NullMarked;
