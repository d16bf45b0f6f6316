package org.acopio.client.send;

/**
 * What everybody in one run works with.
 *
 * @param waveMemory for files that are in memory whole
 * @param chunkMemory for pieces of files that are streamed
 */
record Run(
    Lifeline lifeline,
    Desk desk,
    Outcomes outcomes,
    Segments waveMemory,
    Segments chunkMemory,
    Sizes sizes,
    Stride stride,
    Tally tally) {}
