/** The page of who is connected, and who was. */
@NullMarked
package org.acopio.web.console.sessions;

import org.jspecify.annotations.NullMarked;
