/**
 * The message-driven beans behind the TCP ports. The only package that knows the socket adapter,
 * and of that only its listener contract.
 */
@NullMarked
package org.acopio.endpoint;

import org.jspecify.annotations.NullMarked;
