/**
 * The worker process: reads requests from its standard input, decodes files, and writes answers to
 * its standard output. It is started by {@code org.acopio.thumbnail} and never runs in the server.
 */
@NullMarked
package org.acopio.thumbnail.worker;

import org.jspecify.annotations.NullMarked;
