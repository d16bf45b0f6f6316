package org.acopio.remote;

import java.io.InvalidObjectException;
import java.io.Serial;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Many items of one kind in one send. On the wire a batch is one array of bytes, however many items
 * it has: a version, the kind, the number of items, and each item behind its length, so that items
 * may gain trailing fields later (layout: {@code docs/protocols.md}). Immutable, but see {@link
 * Block}.
 *
 * @param <T> the kind of item
 */
public final class Batch<T> implements Serializable {
  /** Most items that a batch can have; a ticket may allow fewer. */
  public static final int MAX_ITEMS = 65_536;

  private static final int HEAD_BYTES = 6;
  private static final int BLOCK_HEAD_BYTES = 29;

  @Serial private static final long serialVersionUID = 1L;

  private final transient Kind kind;
  private final transient List<T> items;

  private Batch(Kind kind, List<T> items) {
    if (items.size() > MAX_ITEMS) {
      throw new IllegalArgumentException(
          "a batch has at most " + MAX_ITEMS + " items, not " + items.size());
    }
    this.kind = kind;
    this.items = List.copyOf(items);
  }

  public static Batch<FileOffer> ofOffers(List<FileOffer> items) {
    return new Batch<>(Kind.OFFERS, items);
  }

  public static Batch<Verdict> ofVerdicts(List<Verdict> items) {
    return new Batch<>(Kind.VERDICTS, items);
  }

  public static Batch<Block> ofBlocks(List<Block> items) {
    return new Batch<>(Kind.BLOCKS, items);
  }

  public static Batch<BlockReply> ofBlockReplies(List<BlockReply> items) {
    return new Batch<>(Kind.BLOCK_REPLIES, items);
  }

  public static Batch<FileDigest> ofDigests(List<FileDigest> items) {
    return new Batch<>(Kind.DIGESTS, items);
  }

  public static Batch<Completion> ofCompletions(List<Completion> items) {
    return new Batch<>(Kind.COMPLETIONS, items);
  }

  public static Batch<StoredFile> ofStoredFiles(List<StoredFile> items) {
    return new Batch<>(Kind.STORED_FILES, items);
  }

  /** The items, in the order in which they were given. */
  public List<T> items() {
    return items;
  }

  public int size() {
    return items.size();
  }

  /**
   * The items, after a look at what they really are: a sender can put any kind of batch where
   * another is expected.
   *
   * @throws IllegalArgumentException when they are of another kind
   */
  public <X> List<X> items(Class<X> expected) {
    if (kind.type != expected) {
      throw new IllegalArgumentException(
          "a batch of "
              + expected.getSimpleName()
              + " was expected, not one of "
              + kind.type.getSimpleName());
    }
    return items.stream().map(expected::cast).toList();
  }

  /**
   * Reads the packed form, from the buffer's position to the end of the batch; what follows stays
   * unread. Blocks share the buffer's memory; everything else is copied.
   *
   * @throws IllegalArgumentException when the bytes are no batch, or one of a later version
   */
  public static Batch<?> unpack(ByteBuffer packed) {
    WireReader in = new WireReader(packed);
    int version = in.int8();
    if (version != 1) {
      throw new WireException("packed batches of version " + version + " are not known, only 1");
    }
    Kind kind = Kind.of(in.int8());
    int count = in.int32();
    if (count < 0 || count > MAX_ITEMS || count > packed.remaining() / Integer.BYTES) {
      throw new WireException(
          "a batch declares " + count + " items in " + packed.remaining() + " bytes");
    }
    return unpack(kind, count, in);
  }

  private static <T> Batch<T> unpack(Kind kind, int count, WireReader in) {
    Codec<T> codec = kind.codec();
    List<T> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.add(codec.read(in.item()));
    }
    return new Batch<>(kind, items);
  }

  /** The packed form, for transports that are not Java's serialization. */
  public byte[] pack() {
    WireWriter out = new WireWriter(expectedBytes());
    out.int8(1);
    out.int8(kind.code);
    out.int32(items.size());
    Codec<T> codec = kind.codec();
    for (T item : items) {
      int start = out.beginItem();
      codec.write(item, out);
      out.endItem(start);
    }
    return out.toByteArray();
  }

  /** Exact for blocks, so that their bytes are copied once only. */
  private int expectedBytes() {
    long bytes = HEAD_BYTES;
    for (T item : items) {
      bytes += item instanceof Block block ? BLOCK_HEAD_BYTES + (long) block.length() : 160;
    }
    return (int) Math.min(Integer.MAX_VALUE - 8L, bytes);
  }

  @Serial
  private Object writeReplace() {
    return new Packed(pack());
  }

  @Serial
  private void readObject(java.io.ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("batches travel packed");
  }

  /** What a batch is in a stream of objects. */
  private record Packed(byte[] bytes) implements Serializable {
    @Serial private static final long serialVersionUID = 1L;

    @Serial
    private Object readResolve() throws InvalidObjectException {
      return Received.received(bytes, packed -> unpack(ByteBuffer.wrap(packed)));
    }
  }

  /** The kinds of item; the code stands on the wire. */
  private enum Kind {
    OFFERS(1, FileOffer.class, FileOffer.CODEC),
    VERDICTS(2, Verdict.class, AnswerCodecs.VERDICT),
    BLOCKS(3, Block.class, Block.CODEC),
    BLOCK_REPLIES(4, BlockReply.class, BlockReply.CODEC),
    DIGESTS(5, FileDigest.class, FileDigest.CODEC),
    COMPLETIONS(6, Completion.class, AnswerCodecs.COMPLETION),
    STORED_FILES(7, StoredFile.class, StoredFile.CODEC);

    private final int code;
    private final Class<?> type;
    private final Codec<?> codec;

    Kind(int code, Class<?> type, Codec<?> codec) {
      this.code = code;
      this.type = type;
      this.codec = codec;
    }

    @SuppressWarnings("unchecked")
    <T> Codec<T> codec() {
      return (Codec<T>) codec;
    }

    static Kind of(int code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new WireException("batch kind " + code + " is not known to this version");
    }
  }
}
