/**
 * The console's pages as a person uses them: what is on them and what can be done there. Each page
 * is where its browser is; texts are those that are shown.
 */
@NullMarked
package org.acopio.console;

import org.jspecify.annotations.NullMarked;
