package org.acopio.proof;

/**
 * What a certificate came to.
 *
 * @param files how many were proven
 * @param bytes their lengths together
 * @param damaged files with a receipt whose bytes were read again and are not those of the receipt
 * @param unproven files that were said and have no receipt
 */
public record Outcome(long files, long bytes, long damaged, long unproven) {}
