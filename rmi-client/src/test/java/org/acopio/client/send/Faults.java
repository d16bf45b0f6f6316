package org.acopio.client.send;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.acopio.remote.Block;
import org.acopio.remote.BlockReply;
import org.acopio.remote.CollectorException;
import org.acopio.remote.Completion;
import org.acopio.remote.FileOffer;
import org.acopio.remote.Verdict;

/** What a fake server does other than a good one, as a test tells it. */
final class Faults {
  volatile Call onOpen = () -> {};
  volatile Call onOffer = () -> {};
  volatile Call onFinish = () -> {};
  volatile Call afterFinish = () -> {};
  volatile IntConsumer onWrite = number -> {};
  volatile IntConsumer afterWrite = number -> {};
  volatile Function<FileOffer, Optional<Verdict>> verdict = offer -> Optional.empty();
  volatile Function<Block, Optional<BlockReply>> reply = block -> Optional.empty();
  volatile Function<FileOffer, Optional<Completion>> completion = offer -> Optional.empty();

  void onOpen() throws CollectorException {
    onOpen.run();
  }

  void onOffer() throws CollectorException {
    onOffer.run();
  }

  void onWrite(int number) {
    onWrite.accept(number);
  }

  void afterWrite(int number) {
    afterWrite.accept(number);
  }

  void onFinish() throws CollectorException {
    onFinish.run();
  }

  void afterFinish() throws CollectorException {
    afterFinish.run();
  }

  Optional<Verdict> verdict(FileOffer offer) {
    return verdict.apply(offer);
  }

  Optional<BlockReply> reply(Block block) {
    return reply.apply(block);
  }

  Optional<Completion> completion(FileOffer offer) {
    return completion.apply(offer);
  }

  /** Something that happens in a call. */
  interface Call {
    void run() throws CollectorException;
  }
}
