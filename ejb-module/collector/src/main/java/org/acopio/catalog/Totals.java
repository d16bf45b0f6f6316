package org.acopio.catalog;

/**
 * What the catalog holds.
 *
 * @param files all versions of all files of all agents
 * @param bytes the sum of their lengths, whether or not they share disk
 */
public record Totals(long files, long bytes) {}
