/**
 * The properties of an activation: their names, defaults and limits, and what was wrong with one.
 */
@NullMarked
package org.acopio.socket.settings;

import org.jspecify.annotations.NullMarked;
