/**
 * Who may use the console, how they prove it, and what they did: accounts with roles, passwords,
 * the back-off on guessing, one-time tickets and the audit log. Knows nothing of HTTP.
 */
@NullMarked
package org.acopio.account;

import org.jspecify.annotations.NullMarked;
