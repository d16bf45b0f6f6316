package org.acopio.client.send;

/** What everybody in one run works with. */
record Run(
    Lifeline lifeline, Desk desk, Outcomes outcomes, Segments segments, Sizes sizes, Tally tally) {}
