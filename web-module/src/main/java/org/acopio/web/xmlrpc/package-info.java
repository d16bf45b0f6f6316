/**
 * XML-RPC over HTTP: parity as its old clients call it, and what they may ask about the server.
 * Sources: xmlrpc.com/spec, the reserved {@code system} methods, Dan Libby's interoperable fault
 * codes, the {@code nil} extension, Apache's extended types.
 */
@NullMarked
package org.acopio.web.xmlrpc;

import org.jspecify.annotations.NullMarked;
