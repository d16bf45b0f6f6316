package org.acopio.thumbnail.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.acopio.thumbnail.Outcome;
import org.acopio.thumbnail.Request;

/** A worker that does with some types what decoders do with hostile files. */
public final class MoodyWorker {
  private MoodyWorker() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Decoder decoder = new Decoder();
    Worker.serve(request -> answer(decoder, request));
  }

  private static Outcome answer(Decoder decoder, Request request) {
    switch (request.mediaType()) {
      case "test/hang" -> hang();
      case "test/exit" -> exit();
      case "test/memory" -> fill();
      case "test/chatter" -> chatter();
      default -> {
        // A decent file.
      }
    }
    return decoder.answer(request);
  }

  private static void hang() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void exit() {
    System.err.println("a native decoder fell over");
    Runtime.getRuntime().halt(134);
  }

  private static void fill() {
    List<byte[]> all = new ArrayList<>();
    while (all.size() < 1 << 20) {
      all.add(new byte[1 << 20]);
    }
  }

  private static void chatter() {
    for (int i = 0; i < 10_000; i++) {
      System.out.println("a library that prints where the answers go " + i);
      System.err.println("and elsewhere " + i);
    }
  }
}
