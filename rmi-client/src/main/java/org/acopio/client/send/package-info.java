/** Brings files to a server, resumably and provably. The only package that knows RMI. */
@NullMarked
package org.acopio.client.send;

import org.jspecify.annotations.NullMarked;
