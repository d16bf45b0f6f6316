/**
 * What every page of the console shares: language and look, formats, and what keeps a page alive
 * without asking. Each area of the console has a package of its own below this one.
 */
@NullMarked
package org.acopio.web.console;

import org.jspecify.annotations.NullMarked;
