package org.acopio.client.send;

/**
 * Something for a lane to do. Leaves nothing behind that nobody holds: each file has a next step.
 */
interface LaneTask {
  void run() throws SendException, InterruptedException;
}
