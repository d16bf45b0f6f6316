package org.acopio.distribution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A PC that goes on sending, some files side by side, until it is closed: for pictures of a server
 * at work. It sends a picture of noise after the other, each under a name of a list.
 */
final class Traffic implements AutoCloseable {
  private static final int BLOCK = 256 * 1024;
  private static final int PAUSE_MS = 90;
  private static final int SIDE_BY_SIDE = 3;

  private final StepwiseSender sender;
  private final String folder;
  private final int bytes;
  private final Random random;
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<OnItsWay> files = new ArrayList<>();
  private final Thread thread = new Thread(this::run, "traffic");
  private int number;

  private Traffic(StepwiseSender sender, String folder, int bytes, int seed) {
    this.sender = sender;
    this.folder = folder;
    this.bytes = bytes;
    this.random = new Random(seed);
  }

  /** Begins to send; nobody else may use the sender until this is closed. */
  static Traffic of(StepwiseSender sender, String folder, int bytes, int seed) {
    Traffic traffic = new Traffic(sender, folder, bytes, seed);
    traffic.thread.start();
    return traffic;
  }

  private void run() {
    try {
      while (!end.await(PAUSE_MS, TimeUnit.MILLISECONDS)) {
        if (files.size() < SIDE_BY_SIDE) {
          files.add(next());
        }
        OnItsWay file = files.get(random.nextInt(files.size()));
        if (file.sendSome()) {
          files.remove(file);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private OnItsWay next() throws IOException {
    byte[] content = new byte[bytes + random.nextInt(bytes)];
    random.nextBytes(content);
    byte[] head = "\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF\0".getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(head, 0, content, 0, head.length);
    String name = folder + "/IMG_" + (2207 + number++) + ".jpg";
    return new OnItsWay(sender.offer(name, "image/jpeg", content), content.length);
  }

  /** Of the parts, one is ahead of the other. */
  private final class OnItsWay {
    private final StepwiseSender.Sending sending;
    private final int[] left;

    OnItsWay(StepwiseSender.Sending sending, int size) {
      this.sending = sending;
      this.left = new int[] {size / 4, size / 4, size / 4, size / 4};
    }

    boolean sendSome() throws IOException {
      int part = Math.min(3, random.nextInt(8) / 2);
      for (int i = 0; i < 4 && left[part] <= 0; i++) {
        part = (part + 1) % 4;
      }
      if (left[part] > 0) {
        sending.some(part, Math.min(BLOCK, left[part]));
        left[part] -= BLOCK;
        return false;
      }
      for (int each = 0; each < 4; each++) {
        sending.rest(each);
      }
      sending.finish();
      return true;
    }
  }

  @Override
  public void close() {
    end.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
