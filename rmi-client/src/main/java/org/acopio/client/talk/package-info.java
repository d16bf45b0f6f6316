/**
 * Conversations in plain bytes over TCP: echo and session. Knows neither RMI nor collecting, and
 * has no words for people.
 */
@NullMarked
package org.acopio.client.talk;

import org.jspecify.annotations.NullMarked;
