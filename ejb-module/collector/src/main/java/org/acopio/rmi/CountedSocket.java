package org.acopio.rmi;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.acopio.session.EndReason;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Arrival} as a socket, which counts its bytes once for each system call. The bytes that
 * were read before, to see what comes, are read again.
 *
 * <p>Reads much at a time. RMI itself asks for 8 KiB, and each of its reads is two or three system
 * calls, since it sets a timeout.
 */
final class CountedSocket extends LayeredSocket {
  private static final int INPUT_BYTES = 128 * 1024;

  private final Arrival arrival;
  private final byte[] first;
  private final int idleMillis;
  private @Nullable InputStream input;
  private @Nullable OutputStream output;

  /**
   * @param first what was read already
   * @param idle how long no byte may pass; zero is for ever
   */
  CountedSocket(Arrival arrival, byte[] first, Duration idle) {
    super(arrival.channel.socket());
    this.arrival = arrival;
    this.first = first.clone();
    idleMillis = (int) idle.toMillis();
  }

  @Override
  public synchronized InputStream getInputStream() throws IOException {
    if (input == null) {
      input = new BufferedInputStream(new CountedInput(below.getInputStream()), INPUT_BYTES);
    }
    return input;
  }

  @Override
  public synchronized OutputStream getOutputStream() throws IOException {
    if (output == null) {
      output = new CountedOutput(below.getOutputStream());
    }
    return output;
  }

  @Override
  public void close() {
    arrival.close();
  }

  /** No longer than the server waits at all. */
  @Override
  public void setSoTimeout(int millis) throws SocketException {
    boolean own = idleMillis > 0 && (millis == 0 || millis > idleMillis);
    below.setSoTimeout(own ? idleMillis : millis);
  }

  private IOException broken(IOException failure) {
    boolean late = failure instanceof SocketTimeoutException;
    EndReason silent = arrival.bytesRead() == 0 ? EndReason.FIRST_BYTE : EndReason.IDLE;
    arrival.ending(late ? silent : EndReason.RESET);
    return failure;
  }

  private final class CountedInput extends FilterInputStream {
    private int given;

    CountedInput(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (given < first.length) {
        int some = Math.min(length, first.length - given);
        System.arraycopy(first, given, bytes, offset, some);
        given += some;
        return some;
      }
      try {
        int read = in.read(bytes, offset, length);
        if (read < 0) {
          arrival.ending(EndReason.PEER);
        } else {
          arrival.read(read);
        }
        return read;
      } catch (IOException e) {
        throw broken(e);
      }
    }

    /** What was read before is there, whatever the system says. */
    @Override
    public int available() throws IOException {
      return first.length - given + in.available();
    }
  }

  private final class CountedOutput extends FilterOutputStream {
    CountedOutput(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      arrival.writing(length);
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        throw broken(e);
      } finally {
        arrival.written();
      }
    }
  }
}
