package org.acopio.remote;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** How the sealed answers travel: a tag for the kind of answer, then its fields. */
final class AnswerCodecs {
  private AnswerCodecs() {}

  static final Codec<Verdict> VERDICT =
      new Codec<>() {
        @Override
        public void write(Verdict verdict, WireWriter out) {
          if (verdict instanceof Verdict.Have have) {
            out.int8(1);
            have.receipt().write(out);
          } else if (verdict instanceof Verdict.Send send) {
            out.int8(2);
            out.int64(send.upload());
            out.ranges(send.missing());
            out.int8(send.knownByDigest() ? 1 : 0);
          } else {
            out.int8(3);
            ((Refused) verdict).write(out);
          }
        }

        @Override
        public Verdict read(WireReader in) {
          int tag = in.int8();
          return switch (tag) {
            case 1 -> new Verdict.Have(Receipt.read(in));
            case 2 -> new Verdict.Send(in.int64(), in.ranges(), in.int8() != 0);
            case 3 -> Refused.read(in);
            default -> throw new WireException("verdict " + tag + " is not known to this version");
          };
        }
      };

  static final Codec<Completion> COMPLETION =
      new Codec<>() {
        @Override
        public void write(Completion completion, WireWriter out) {
          if (completion instanceof Completion.Stored stored) {
            out.int8(1);
            stored.receipt().write(out);
          } else if (completion instanceof Completion.Corrupt corrupt) {
            out.int8(2);
            out.parts(corrupt.parts());
          } else if (completion instanceof Completion.Changed changed) {
            out.int8(3);
            out.parts(changed.parts());
          } else if (completion instanceof Completion.Incomplete incomplete) {
            out.int8(4);
            out.ranges(incomplete.missing());
          } else {
            out.int8(5);
            ((Refused) completion).write(out);
          }
        }

        @Override
        public Completion read(WireReader in) {
          int tag = in.int8();
          return switch (tag) {
            case 1 -> new Completion.Stored(Receipt.read(in));
            case 2 -> new Completion.Corrupt(in.parts());
            case 3 -> new Completion.Changed(in.parts());
            case 4 -> new Completion.Incomplete(in.ranges());
            case 5 -> Refused.read(in);
            default ->
                throw new WireException("completion " + tag + " is not known to this version");
          };
        }
      };

  /** An unmodifiable copy of part numbers, ascending. */
  static Set<Integer> ascending(Set<Integer> parts) {
    for (int part : parts) {
      Parts.start(part, 0);
    }
    return Collections.unmodifiableSet(new TreeSet<>(parts));
  }
}
