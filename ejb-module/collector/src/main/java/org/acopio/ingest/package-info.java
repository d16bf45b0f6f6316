/**
 * The collector's own wire protocol, for clients in any language: the operations of {@link
 * org.acopio.remote.FileCollector} as frames. Knows bytes and the {@link
 * org.acopio.collect.Collector}; knows no socket and no rule of collecting. Every byte: {@code
 * docs/protocols.md}.
 */
@NullMarked
package org.acopio.ingest;

import org.jspecify.annotations.NullMarked;
