/**
 * What the container lacks at its HTTP ports: limits of connections, deadlines for those who are
 * slow, a pause when the system has no descriptors left, and figures of its connections. The
 * container makes an {@link org.acopio.launch.http.HttpDoor} for each port, by the name in {@code
 * domain.xml}.
 */
@NullMarked
package org.acopio.launch.http;

import org.jspecify.annotations.NullMarked;
