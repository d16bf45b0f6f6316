/**
 * Small pictures of files, and what files say of themselves. Nothing here decodes: a process of its
 * own does ({@code org.acopio.thumbnail.worker}), with a heap, a deadline and libraries of its own,
 * so that a hostile file costs that process and never the server.
 */
@NullMarked
package org.acopio.thumbnail;

import org.jspecify.annotations.NullMarked;
