package org.acopio.collect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.acopio.remote.Block;
import org.acopio.remote.BlockReply;
import org.acopio.remote.BlockReply.Outcome;
import org.acopio.remote.CollectorException;
import org.acopio.remote.CollectorException.Code;
import org.acopio.remote.Parts;
import org.acopio.storage.Storage;
import org.acopio.storage.Storage.Piece;
import org.acopio.storage.StorageException;
import org.acopio.storage.Upload;
import org.acopio.storage.UploadKey;

/** Takes the blocks of one send, each on its own merits. */
final class Blocks {
  private final CollectSettings settings;
  private final Storage storage;
  private final Chronicle chronicle;

  Blocks(CollectSettings settings, Storage storage, Chronicle chronicle) {
    this.settings = settings;
    this.storage = storage;
    this.chronicle = chronicle;
  }

  /**
   * As {@link org.acopio.remote.FileCollector#write} promises.
   *
   * @param port of the connection that brought them, at the client's end
   */
  List<BlockReply> write(OpenCollection collection, int port, List<Block> sent)
      throws CollectorException {
    checkSend(sent);
    BlockReply[] replies = new BlockReply[sent.size()];
    List<Piece> pieces = new ArrayList<>(sent.size());
    List<Integer> places = new ArrayList<>(sent.size());
    for (int i = 0; i < replies.length; i++) {
      Block block = sent.get(i);
      Optional<Upload> upload =
          storage
              .find(block.upload())
              .filter(found -> found.key().agent().equals(collection.agentId));
      if (upload.isEmpty()) {
        replies[i] = unknown(collection, block);
      } else {
        Optional<BlockReply> refusal = refusal(block, upload.get().key());
        refusal.ifPresent(reply -> note(collection, port, block, upload.get(), reply));
        if (refusal.isPresent()) {
          replies[i] = refusal.get();
        } else {
          long start = Parts.start(block.part(), upload.get().key().size());
          pieces.add(
              new Piece(upload.get(), start + block.offset(), block.crc32c(), block.bytes()));
          places.add(i);
        }
      }
    }
    store(collection, pieces, places, replies);
    note(collection, port, sent, replies);
    return List.of(replies);
  }

  private void checkSend(List<Block> sent) throws CollectorException {
    long bytes = 0;
    Map<Long, Integer> parts = new HashMap<>();
    for (Block block : sent) {
      bytes += block.length();
      Integer other = parts.put(block.upload(), block.part());
      if (other != null && other != block.part()) {
        throw new CollectorException(
            Code.BAD_REQUEST,
            "one send carries parts "
                + other
                + " and "
                + block.part()
                + " of the same file; every part of a file goes in a send of its own");
      }
    }
    if (bytes > settings.sendBytes()) {
      throw new CollectorException(
          Code.TOO_MUCH,
          bytes + " bytes are in one send; the ticket allows " + settings.sendBytes());
    }
  }

  /** A block that comes again after the receipt has done what it should. */
  private static BlockReply unknown(OpenCollection collection, Block block) {
    return collection.receipt(block.upload()).isPresent()
        ? BlockReply.ACCEPTED
        : new BlockReply(
            Outcome.UNKNOWN_UPLOAD,
            "this agent has no upload " + block.upload() + " under way; offer the file again");
  }

  private Optional<BlockReply> refusal(Block block, UploadKey key) {
    if (block.part() < 0 || block.part() >= Parts.COUNT) {
      return outside("part " + block.part() + " is not one of 0 to " + (Parts.COUNT - 1));
    }
    if (block.length() < 1 || block.length() > settings.blockBytes()) {
      return outside(
          "a block of "
              + block.length()
              + " bytes; the ticket allows 1 to "
              + settings.blockBytes());
    }
    long length = Parts.length(block.part(), key.size());
    if (block.offset() < 0 || block.offset() > length - block.length()) {
      return outside(
          block.length()
              + " bytes at offset "
              + block.offset()
              + " do not lie inside part "
              + block.part()
              + ", which has "
              + length);
    }
    return block.intact()
        ? Optional.empty()
        : Optional.of(
            new BlockReply(
                Outcome.CORRUPT,
                "the block at offset "
                    + block.offset()
                    + " of part "
                    + block.part()
                    + " does not have the checksum that came with it; send it again"));
  }

  private static Optional<BlockReply> outside(String detail) {
    return Optional.of(new BlockReply(Outcome.OUTSIDE, detail));
  }

  private void store(
      OpenCollection collection, List<Piece> pieces, List<Integer> places, BlockReply[] replies) {
    List<Optional<StorageException>> failures = storage.write(pieces);
    long received = 0;
    for (int i = 0; i < places.size(); i++) {
      replies[places.get(i)] = failures.get(i).map(Blocks::failed).orElse(BlockReply.ACCEPTED);
      if (failures.get(i).isPresent() && pieces.get(i).upload().over()) {
        chronicle.setAside(collection, pieces.get(i).upload(), replies[places.get(i)].detail());
      }
      if (failures.get(i).isEmpty()) {
        received += pieces.get(i).bytes().remaining();
      }
    }
    if (received > 0) {
      chronicle.received(collection, received);
    }
  }

  /** Says to onlookers which port brought which blocks. */
  private void note(OpenCollection collection, int port, List<Block> sent, BlockReply[] replies) {
    long nanos = chronicle.nanos.getAsLong();
    for (int i = 0; i < replies.length; i++) {
      Block block = sent.get(i);
      switch (replies[i].outcome()) {
        case ACCEPTED ->
            collection.watch(block.upload()).ifPresent(file -> file.accepted(block, port, nanos));
        case STORE_FULL -> chronicle.notWritten(collection, true);
        case STORE_FAILED -> chronicle.notWritten(collection, false);
        default -> {
          // Noted when it was found.
        }
      }
    }
  }

  private void note(
      OpenCollection collection, int port, Block block, Upload upload, BlockReply reply) {
    if (reply.outcome() == Outcome.CORRUPT) {
      long nanos = chronicle.nanos.getAsLong();
      collection.watch(upload.number()).ifPresent(file -> file.corrupt(block, port, nanos));
      chronicle.corruptBlock(collection, upload, reply.detail());
    }
  }

  private static BlockReply failed(StorageException failure) {
    boolean full = failure.reason() == StorageException.Reason.FULL;
    return new BlockReply(full ? Outcome.STORE_FULL : Outcome.STORE_FAILED, failure.getMessage());
  }
}
