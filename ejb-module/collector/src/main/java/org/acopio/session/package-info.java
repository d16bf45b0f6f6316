/**
 * Who is connected: the registry of every live connection of every kind, and the session protocol,
 * which tells a client the time and for how long it has been connected.
 *
 * <p>Knows no socket, no database and no container. A transport brings its connections as {@link
 * org.acopio.session.Link}s; whoever keeps history implements {@link
 * org.acopio.session.SessionHistory}.
 */
@NullMarked
package org.acopio.session;

import org.jspecify.annotations.NullMarked;
