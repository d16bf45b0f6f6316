package org.acopio.thumbnail.worker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.function.Function;
import java.util.logging.LogManager;
import javax.imageio.ImageIO;
import org.acopio.thumbnail.Frames;
import org.acopio.thumbnail.Outcome;
import org.acopio.thumbnail.Request;

/**
 * The program of a worker: answers one request after the other until its input ends. It ends then
 * even in the middle of a file, so that no worker outlives its server.
 */
public final class Worker {
  private Worker() {}

  /** Serves the standard input. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Decoder decoder = new Decoder();
    serve(decoder::answer);
  }

  /** Serves the standard input with the given answers. */
  static void serve(Function<Request, Outcome> answers) throws IOException, InterruptedException {
    InputStream in = new BufferedInputStream(new FileInputStream(FileDescriptor.in));
    OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
    // What a library prints must not come between the answers.
    System.setOut(System.err);
    LogManager.getLogManager().reset();
    ImageIO.setUseCache(false);
    BlockingQueue<Request> requests = new SynchronousQueue<>();
    Thread reader = new Thread(() -> read(in, requests), "requests");
    reader.setDaemon(true);
    reader.start();
    while (true) {
      Frames.write(answers.apply(requests.take()), out);
    }
  }

  private static void read(InputStream in, BlockingQueue<Request> requests) {
    try {
      while (true) {
        requests.put(Frames.readRequest(in));
      }
    } catch (IOException | InterruptedException e) {
      Runtime.getRuntime().halt(0);
    }
  }
}
