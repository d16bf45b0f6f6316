/**
 * The rules of collecting. Every transport calls {@link org.acopio.collect.Collector}, which alone
 * knows them.
 */
@NullMarked
package org.acopio.collect;

import org.jspecify.annotations.NullMarked;
