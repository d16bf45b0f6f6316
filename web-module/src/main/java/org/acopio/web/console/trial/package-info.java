/** The page on which the services of the server are tried from the browser. */
@NullMarked
package org.acopio.web.console.trial;

import org.jspecify.annotations.NullMarked;
