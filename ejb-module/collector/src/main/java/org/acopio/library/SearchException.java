package org.acopio.library;

import java.io.Serial;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** What was asked for cannot be searched. The message is in English. */
public final class SearchException extends IllegalArgumentException {
  @Serial private static final long serialVersionUID = 1L;

  private final Code code;
  private final transient List<String> values;

  SearchException(Code code, String message, Object... values) {
    super(message);
    this.code = Objects.requireNonNull(code, "code");
    this.values = Arrays.stream(values).map(String::valueOf).toList();
  }

  /** Why, with the values that go with it. */
  public enum Code {
    /** Characters of the text, the most. */
    TEXT_TOO_LONG,
    /** Words of the text, the most. */
    TOO_MANY_WORDS,
    /** What was given. */
    NOT_A_DIGEST
  }

  public Code code() {
    return code;
  }

  /** What it is about, for sentences in other languages; in the order of the {@link Code}. */
  public List<String> values() {
    return values;
  }
}
