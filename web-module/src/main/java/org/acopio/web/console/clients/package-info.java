/** The page of who has collected, what they have, and what they said they had. */
@NullMarked
package org.acopio.web.console.clients;

import org.jspecify.annotations.NullMarked;
