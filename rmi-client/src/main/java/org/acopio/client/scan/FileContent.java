package org.acopio.client.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import org.acopio.media.Content;
import org.acopio.media.MediaDetector;

/** The first bytes of a file of this PC, of which no more are read than the detector asks for. */
final class FileContent implements Content<IOException>, AutoCloseable {
  /** Of a file without bytes, which need not be opened. No lambda: see {@link Scanner}. */
  static final Content<IOException> EMPTY =
      new Content<>() {
        @Override
        public byte[] first(int length) {
          return new byte[0];
        }
      };

  private final SeekableByteChannel channel;
  private final ByteBuffer read = ByteBuffer.allocate(MediaDetector.MOST_BYTES);

  private FileContent(SeekableByteChannel channel) {
    this.channel = channel;
  }

  static FileContent open(Way way, Path root, Path file) throws IOException {
    return new FileContent(way.open(root, file));
  }

  @Override
  public byte[] first(int length) throws IOException {
    read.limit(Math.min(length, read.capacity()));
    while (read.hasRemaining() && channel.read(read) >= 0) {
      // A read may bring less than is there.
    }
    return Arrays.copyOf(read.array(), read.position());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
