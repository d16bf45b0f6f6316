/** Tests of the files of certificates and keys. */
@NullMarked
package org.acopio.socket.tls;

import org.jspecify.annotations.NullMarked;
