/**
 * Starts Acopio on Payara Micro, in this JVM and in the foreground. The only package that knows the
 * container: its files, its class path, its commands, its way to stop.
 */
@NullMarked
package org.acopio.launch;

import org.jspecify.annotations.NullMarked;
