/**
 * Who comes in and under which rules: login, roles, the ticket of the machine's administrator,
 * headers, host names, requests of other sites, and what is shown when something is refused.
 */
@NullMarked
package org.acopio.web.security;

import org.jspecify.annotations.NullMarked;
