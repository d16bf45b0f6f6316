package org.acopio.socket.adapter;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.acopio.socket.TcpConnection;

/**
 * An adapter in a process of its own, with whatever Java and limits that process has. It echoes,
 * says on request by which thread, and ends with its input; it fails if it then left something
 * open.
 */
final class EchoProgram {
  private static final System.Logger LOG = System.getLogger(EchoProgram.class.getName());

  /** The request for {@link #facts}. */
  static final byte ASK = '?';

  private EchoProgram() {}

  /**
   * @param properties of the activation, each followed by its value
   */
  public static void main(String[] properties) throws Exception {
    // As every server does; the first line of all makes Java read its time zones.
    LOG.log(System.Logger.Level.INFO, "starts");
    try (Adapter adapter = new Adapter()) {
      System.out.println("port " + adapter.activate(new Echo(), properties).getPort());
      while (System.in.read() >= 0) {
        // Whatever is said: only the end counts.
      }
    }
  }

  private static final class Echo extends RecordingListener {
    @Override
    public void message(TcpConnection connection, ByteBuffer message) {
      connection.write(message.get(message.position()) == ASK ? bytes(facts()) : message);
    }
  }

  /** Whether this thread is virtual, and how many threads the system knows of this process. */
  private static String facts() {
    return isVirtual() + " " + ManagementFactory.getThreadMXBean().getThreadCount() + "\n";
  }

  private static boolean isVirtual() {
    try {
      return (boolean) Thread.class.getMethod("isVirtual").invoke(Thread.currentThread());
    } catch (NoSuchMethodException olderThan21) {
      return false;
    } catch (ReflectiveOperationException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
