package org.acopio.socket.adapter;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** Sends the first bytes one by one, each in a packet of its own. */
final class DrippingSocket extends Socket {
  private static final int FIRST_BYTES = 16;

  DrippingSocket(int port) throws IOException {
    super(InetAddress.getLoopbackAddress(), port);
    setTcpNoDelay(true);
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(super.getOutputStream()) {
      private int sent;

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        int at = from;
        for (; sent < FIRST_BYTES && at < from + length; sent++, at++) {
          out.write(bytes, at, 1);
        }
        out.write(bytes, at, from + length - at);
      }
    };
  }
}
