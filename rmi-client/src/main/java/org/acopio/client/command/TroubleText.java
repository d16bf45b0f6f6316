package org.acopio.client.command;

import java.time.Duration;
import java.util.Locale;
import org.acopio.client.send.FileTrouble;
import org.acopio.client.send.SendException;
import org.acopio.client.send.ServerTrouble;
import org.acopio.client.talk.TalkException;

/** What went wrong, in words: values, limit and remedy. */
final class TroubleText {
  /** Most characters of what others said behind a sentence of ours. */
  private static final int MOST_DETAIL = 300;

  private final Messages messages;
  private final Units units;

  TroubleText(Messages messages) {
    this.messages = messages;
    this.units = new Units(messages);
  }

  String of(ServerTrouble trouble) {
    Object theirs = trouble.serverProtocol() == 0 ? "?" : trouble.serverProtocol();
    String words =
        messages.text(
            "server." + trouble.code(),
            trouble.server(),
            trouble.protocol(),
            theirs,
            PathText.printable(trouble.detail()));
    return switch (trouble.code()) {
      case TOO_MANY_COLLECTIONS, TOO_MUCH -> withNumbers(words, trouble.detail());
      default -> words;
    };
  }

  String of(FileTrouble trouble) {
    String words =
        messages.text(
            "file." + trouble.code(),
            units.size(trouble.size()),
            trouble.tries(),
            PathText.printable(trouble.detail()));
    return switch (trouble.code()) {
      case TOO_LARGE, BAD_PATH, STORE_FULL, TOO_MANY_OPEN -> withNumbers(words, trouble.detail());
      default -> words;
    };
  }

  /** Value and limit are numbers that only the server knows, and it tells them in a sentence. */
  private String withNumbers(String words, String detail) {
    if (detail.isBlank()) {
      return words;
    }
    return messages.text("trouble.detail", words, PathText.printable(shortened(detail)));
  }

  private static String shortened(String detail) {
    if (detail.length() <= MOST_DETAIL) {
      return detail;
    }
    boolean halved = Character.isHighSurrogate(detail.charAt(MOST_DETAIL - 1));
    return detail.substring(0, halved ? MOST_DETAIL - 1 : MOST_DETAIL) + "…";
  }

  /** Why a conversation in plain bytes could not begin or go on. */
  String of(TalkException end, TalkOptions options) {
    return messages.text(
        key(end.kind()),
        options.server(),
        options.timeout().toSeconds(),
        end.bytes(),
        PathText.printable(end.heard()));
  }

  /** The words for it. */
  static String key(TalkException.Kind kind) {
    return switch (kind) {
      case UNKNOWN_HOST, NO_ANSWER, TIMEOUT, INTERRUPTED -> "server." + kind;
      case FAILED -> "server.CONNECTION_FAILED";
      default -> "talk." + kind;
    };
  }

  /** Why a run ended, and how long that was tried. */
  String of(SendException end) {
    String trouble = of(end.trouble());
    return end.tries() < 2
        ? trouble
        : messages.text("server.gaveUp", trouble, end.tries(), end.patience().toSeconds());
  }

  /** What is waited for, for how long, and how to stop. */
  String waiting(int attempt, Duration pause, Duration left, ServerTrouble trouble) {
    // Rounded up: the first line says what --patience says.
    long seconds = left.plusNanos(999_999_999).toSeconds();
    return messages.text("server.waiting", of(trouble), seconds, units.duration(pause), attempt);
  }

  /** The name of a constant for programs: {@code no-answer}. */
  static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
