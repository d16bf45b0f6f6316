/** What the server tells over HTTP, for programs. */
@NullMarked
package org.acopio.web.rest;

import org.jspecify.annotations.NullMarked;
