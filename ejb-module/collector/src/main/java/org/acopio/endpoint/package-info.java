/**
 * The message-driven beans: which protocol is spoken on which port. The only package that knows the
 * TCP adapter.
 */
@NullMarked
package org.acopio.endpoint;

import org.jspecify.annotations.NullMarked;
