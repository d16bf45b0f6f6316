package org.acopio.collect;

/**
 * How far one of the four parts of a file has come.
 *
 * @param bytes length of the part; 0 for an empty one, which is complete
 * @param arrived how many of them are in the store's working area
 * @param state what that means
 * @param retries blocks that came again or with a wrong checksum, and times that the part was asked
 *     for again
 * @param port of the connection that brought its last block, at the client's end; 0 before the
 *     first
 */
public record PartProgress(long bytes, long arrived, State state, long retries, int port) {
  /** What is to be expected of a part. */
  public enum State {
    /** Nothing of it is here. */
    WAITING,
    /** Some of it is here. */
    ARRIVING,
    /** All of it is here. */
    COMPLETE,
    /** Some of it was damaged or changed on its way, and is to come again. */
    CORRUPT
  }

  static PartProgress of(long bytes, long arrived, boolean broken, long retries, int port) {
    State state =
        arrived >= bytes
            ? State.COMPLETE
            : broken ? State.CORRUPT : arrived == 0 ? State.WAITING : State.ARRIVING;
    return new PartProgress(bytes, Math.min(arrived, bytes), state, retries, port);
  }
}
