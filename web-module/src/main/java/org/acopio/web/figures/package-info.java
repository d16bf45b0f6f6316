/** What is collected now, as the JSON that both the console's pages and REST tell. */
@NullMarked
package org.acopio.web.figures;

import org.jspecify.annotations.NullMarked;
