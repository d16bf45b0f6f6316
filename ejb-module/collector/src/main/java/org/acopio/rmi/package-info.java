/** Exports the services over RMI: one port, an allow-list for each object. */
@NullMarked
package org.acopio.rmi;

import org.jspecify.annotations.NullMarked;
