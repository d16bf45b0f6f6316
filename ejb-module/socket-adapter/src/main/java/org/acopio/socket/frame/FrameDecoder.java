package org.acopio.socket.frame;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the messages of one connection in what was read. It keeps what a read left incomplete, in
 * memory that grows with the bytes that came, never with a length that was declared. Not
 * thread-safe; callers hand it from thread to thread safely.
 */
public interface FrameDecoder {
  /**
   * The next message, read-only and valid until the next call; {@code null} when all input is
   * consumed and more is needed.
   *
   * @param input its position is moved past what was used
   * @throws FrameException if the message is longer than the limit; the connection is of no use
   *     then
   */
  @Nullable ByteBuffer next(ByteBuffer input) throws FrameException;

  /**
   * The message that the end of the input completes, or {@code null}.
   *
   * @throws FrameException if the input ended inside a frame
   */
  @Nullable ByteBuffer end() throws FrameException;
}
