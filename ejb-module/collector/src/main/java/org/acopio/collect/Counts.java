package org.acopio.collect;

/**
 * What happened since the server started; none of the figures ever falls.
 *
 * @param collections that were opened
 * @param receivedBytes bytes of accepted blocks, repeats included
 * @param stored files that got a receipt for bytes that came
 * @param storedBytes their bytes
 * @param had files that were in the store already
 * @param refused files that were not taken
 * @param changed times that a file changed while it was sent
 * @param corruptBlocks blocks with a wrong checksum
 */
public record Counts(
    long collections,
    long receivedBytes,
    long stored,
    long storedBytes,
    long had,
    long refused,
    long changed,
    long corruptBlocks) {}
