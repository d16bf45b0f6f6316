/** A real Chromium, found or installed, and what a test asks of it. Knows nothing of Acopio. */
@NullMarked
package org.acopio.browser;

import org.jspecify.annotations.NullMarked;
