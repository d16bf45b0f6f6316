/**
 * The demonstration behind {@code ./mvnw -Pdemo}: real media files made on the spot, a server and
 * an agent started as their users start them, and a check of what they promise. Not part of the
 * distribution.
 */
@NullMarked
package org.acopio.demo;

import org.jspecify.annotations.NullMarked;
