package org.acopio.storage;

/**
 * What a storage did at its start.
 *
 * @param resumable uploads that can go on
 * @param resumableBytes bytes of them that were acknowledged
 * @param completed uploads that the catalog had and the storage had not closed
 * @param undone uploads that had a final name without the catalog's commit; they can go on
 * @param abandoned uploads that were given up, since nothing had arrived on them for long
 * @param abandonedBytes bytes of them that were acknowledged
 * @param strays files in the working area that belonged to nothing and were deleted
 * @param tornBytes bytes at the end of the journal that a crash had left unfinished
 */
public record RepairReport(
    int resumable,
    long resumableBytes,
    int completed,
    int undone,
    int abandoned,
    long abandonedBytes,
    int strays,
    long tornBytes) {

  /** True when the last stop was clean and nothing waits. */
  public boolean nothingToDo() {
    return resumable + completed + undone + abandoned + strays == 0 && tornBytes == 0;
  }

  @Override
  public String toString() {
    return resumable
        + " uploads can go on ("
        + resumableBytes
        + " bytes kept), "
        + completed
        + " were complete, "
        + undone
        + " were taken back before their commit, "
        + abandoned
        + " were given up after a long silence ("
        + abandonedBytes
        + " bytes), "
        + strays
        + " stray files deleted, "
        + tornBytes
        + " torn bytes of the journal dropped";
  }
}
