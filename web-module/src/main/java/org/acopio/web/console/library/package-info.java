/** The page of all files. What it shows it asks of {@code /api/files} and {@code /content}. */
@NullMarked
package org.acopio.web.console.library;

import org.jspecify.annotations.NullMarked;
