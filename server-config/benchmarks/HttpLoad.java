import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * Callers that send one HTTP request again and again, each over its own connection, kept alive where
 * the server does so. {@code java HttpLoad.java PORT CALLERS SECONDS REQUEST_FILE EXPECTED} prints
 * how many answers came per second in the last nine tenths of the time; an answer without the
 * expected text ends it.
 */
final class HttpLoad {
  private final int port;
  private final byte[] request;
  private final String expected;
  private final LongAdder answers = new LongAdder();
  private volatile boolean over;

  private HttpLoad(int port, byte[] request, String expected) {
    this.port = port;
    this.request = request;
    this.expected = expected;
  }

  public static void main(String[] words) throws Exception {
    int callers = Integer.parseInt(words[1]);
    long millis = (long) (Double.parseDouble(words[2]) * 1_000);
    HttpLoad load =
        new HttpLoad(Integer.parseInt(words[0]), Files.readAllBytes(Path.of(words[3])), words[4]);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread[] threads = new Thread[callers];
    for (int i = 0; i < callers; i++) {
      threads[i] = new Thread(() -> load.run(failure));
      threads[i].start();
    }
    Thread.sleep(millis / 10);
    load.answers.reset();
    long begin = System.nanoTime();
    Thread.sleep(millis - millis / 10);
    long count = load.answers.sum();
    double seconds = (System.nanoTime() - begin) / 1e9;
    load.over = true;
    for (Thread thread : threads) {
      thread.join();
    }
    if (failure.get() != null) {
      throw new IllegalStateException("a call failed", failure.get());
    }
    System.out.printf(java.util.Locale.ROOT, "%.1f%n", count / seconds);
  }

  private void run(AtomicReference<Throwable> failure) {
    try {
      while (!over) {
        connection();
      }
    } catch (IOException | RuntimeException e) {
      failure.set(e);
    }
  }

  private void connection() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      byte[] buffer = new byte[16_384];
      boolean open = true;
      while (open && !over) {
        out.write(request);
        open = answer(in, buffer);
        answers.increment();
      }
    }
  }

  /** Reads one answer; false when the server closes the connection after it. */
  private boolean answer(InputStream in, byte[] buffer) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int head = -1;
    int length = -1;
    boolean kept = true;
    while (head < 0 || length >= 0 && all.size() < head + length || length < 0) {
      int read = in.read(buffer);
      if (read < 0) {
        kept = false;
        break;
      }
      all.write(buffer, 0, read);
      if (head < 0) {
        String text = all.toString(StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end >= 0) {
          head = end + 4;
          String headers = text.substring(0, head).toLowerCase(java.util.Locale.ROOT);
          int at = headers.indexOf("\r\ncontent-length:");
          length =
              at < 0
                  ? -1
                  : Integer.parseInt(
                      headers.substring(at + 17, headers.indexOf("\r\n", at + 2)).strip());
          kept = !headers.contains("\r\nconnection: close") && !headers.startsWith("http/1.0");
        }
      }
    }
    if (!all.toString(StandardCharsets.UTF_8).contains(expected)) {
      throw new IllegalStateException("the answer was " + all);
    }
    return kept;
  }
}
