package org.acopio.web.rest;

import jakarta.ws.rs.core.MultivaluedMap;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.acopio.library.FileSearch;
import org.acopio.library.FileSort;
import org.acopio.library.LongRange;
import org.acopio.library.SearchException;
import org.acopio.media.MediaKind;
import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;
import org.jspecify.annotations.Nullable;

/** What a query asks of the files. Source: docs/protocols.md. */
record FileQuery(FileSearch search, FileSort sort, boolean descending, long offset, int limit) {
  static final int DEFAULT_LIMIT = 100;
  static final int MAX_LIMIT = 500;

  /**
   * Of these parameters.
   *
   * @param zone whose days dates without a time are
   * @throws ProblemException when one is wrong; says which, and what it must be
   */
  static FileQuery of(MultivaluedMap<String, String> given, ZoneId zone) {
    FileSort sort = word("sort", given.getFirst("sort"), FileSort.class, FileSort.STORED);
    return new FileQuery(
        search(given, zone),
        sort,
        descending(given.getFirst("order"), sort),
        Numbers.parse("offset", given.getFirst("offset"), 0, Integer.MAX_VALUE, 0),
        (int) Numbers.parse("limit", given.getFirst("limit"), 0, MAX_LIMIT, DEFAULT_LIMIT));
  }

  private static FileSearch search(MultivaluedMap<String, String> given, ZoneId zone) {
    try {
      return checked(given, zone);
    } catch (SearchException e) {
      throw refusal(e);
    }
  }

  private static ProblemException refusal(SearchException e) {
    return switch (e.code()) {
      case TEXT_TOO_LONG -> about(Trouble.TOO_LONG, "q", e);
      case TOO_MANY_WORDS -> about(Trouble.TOO_MANY_WORDS, "q", e);
      case NOT_A_DIGEST -> about(Trouble.NOT_A_DIGEST, "sha256", e);
    };
  }

  private static ProblemException about(Trouble trouble, String parameter, SearchException e) {
    return new ProblemException(
        trouble, Stream.concat(Stream.of(parameter), e.values().stream()).toArray());
  }

  private static FileSearch checked(MultivaluedMap<String, String> given, ZoneId zone) {
    long agent = number(given, "agent", -1);
    return new FileSearch(
        text(given.getFirst("q")),
        kinds(given.get("kind")),
        text(given.getFirst("client")),
        agent < 0 ? OptionalLong.empty() : OptionalLong.of(agent),
        new LongRange(
            number(given, "minSize", Long.MIN_VALUE), number(given, "maxSize", Long.MAX_VALUE)),
        times(given, "modified", zone),
        times(given, "stored", zone),
        text(given.getFirst("sha256")),
        flag("versions", given.getFirst("versions"), "all", "newest"),
        flag("copies", given.getFirst("copies"), "only", "any"),
        number(given, "upTo", Long.MAX_VALUE));
  }

  private static String text(@Nullable String given) {
    return given == null ? "" : given;
  }

  private static long number(MultivaluedMap<String, String> given, String name, long otherwise) {
    return Numbers.parse(name, given.getFirst(name), 0, Long.MAX_VALUE, otherwise);
  }

  private static Set<MediaKind> kinds(@Nullable List<String> given) {
    Set<MediaKind> kinds = EnumSet.noneOf(MediaKind.class);
    if (given != null) {
      for (String some : given) {
        for (String kind : some.split(",")) {
          if (!kind.isBlank()) {
            kinds.add(word("kind", kind.strip(), MediaKind.class, MediaKind.IMAGE));
          }
        }
      }
    }
    return kinds;
  }

  /** The newest and the largest are what people look for; names are read from the beginning. */
  private static boolean descending(@Nullable String order, FileSort sort) {
    boolean usual = sort == FileSort.STORED || sort == FileSort.MODIFIED || sort == FileSort.SIZE;
    return order == null || order.isEmpty() ? usual : flag("order", order, "desc", "asc");
  }

  private static boolean flag(String name, @Nullable String given, String on, String off) {
    if (given == null || given.isEmpty() || given.equals(off)) {
      return false;
    }
    if (given.equals(on)) {
      return true;
    }
    throw notOneOf(name, given, off + ", " + on);
  }

  private static <E extends Enum<E>> E word(
      String name, @Nullable String given, Class<E> type, E otherwise) {
    if (given == null || given.isEmpty()) {
      return otherwise;
    }
    for (E value : type.getEnumConstants()) {
      if (value.name().toLowerCase(Locale.ROOT).equals(given)) {
        return value;
      }
    }
    throw notOneOf(
        name,
        given,
        Arrays.stream(type.getEnumConstants())
            .map(value -> value.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", ")));
  }

  private static ProblemException notOneOf(String name, String given, String known) {
    return new ProblemException(Trouble.NOT_ONE_OF, name, given, known);
  }

  private static LongRange times(MultivaluedMap<String, String> given, String name, ZoneId zone) {
    return new LongRange(
        Days.from(name + "From", given.getFirst(name + "From"), zone, Long.MIN_VALUE),
        Days.to(name + "To", given.getFirst(name + "To"), zone, Long.MAX_VALUE));
  }
}
