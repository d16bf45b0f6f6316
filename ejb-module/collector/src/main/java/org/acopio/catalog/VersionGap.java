package org.acopio.catalog;

/**
 * A path of an agent whose versions are not 1, 2, 3 and so on.
 *
 * @param file number of its newest version
 * @param versions how many there are
 * @param newest the number of the newest
 */
public record VersionGap(long file, long versions, int newest) {}
