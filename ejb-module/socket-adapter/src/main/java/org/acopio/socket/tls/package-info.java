/** TLS from PEM files or a PKCS#12 key store. */
@NullMarked
package org.acopio.socket.tls;

import org.jspecify.annotations.NullMarked;
