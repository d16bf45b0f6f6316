/**
 * A Jakarta Connectors 2.1 resource adapter for TCP. It knows nothing of the product that it is
 * deployed beside.
 */
@NullMarked
package org.acopio.socket;

import org.jspecify.annotations.NullMarked;
