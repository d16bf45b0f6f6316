/**
 * Who a PC is: the server's authority, the codes that invite, and the conversation by which a PC
 * gets its certificate and goes on with it.
 */
@NullMarked
package org.acopio.identity;

import org.jspecify.annotations.NullMarked;
