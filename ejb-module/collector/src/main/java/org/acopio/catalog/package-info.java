/**
 * The catalog: the database that knows the agents, their addresses, their collections and every
 * version of every file. Knows nothing of the store's folder or of the rules of collecting.
 *
 * <p>Everything goes through {@link org.acopio.catalog.Catalog}; {@link
 * org.acopio.catalog.CatalogException} is the one way in which it fails.
 */
@NullMarked
package org.acopio.catalog;

import org.jspecify.annotations.NullMarked;
