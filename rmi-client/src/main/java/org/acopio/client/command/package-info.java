/** The command line: options in, calls of the packages below, words and exit codes out. */
@NullMarked
package org.acopio.client.command;

import org.jspecify.annotations.NullMarked;
