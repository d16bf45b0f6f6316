/**
 * The listening ports as the JSON that both the console's pages and REST tell, and a load to
 * compare two of them by.
 */
@NullMarked
package org.acopio.web.ports;

import org.jspecify.annotations.NullMarked;
