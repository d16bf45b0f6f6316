/** The page where administrators let people and agents in, and see settings and the audit log. */
@NullMarked
package org.acopio.web.console.administration;

import org.jspecify.annotations.NullMarked;
