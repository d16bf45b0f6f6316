package org.acopio.web.problem;

import java.util.Locale;

/**
 * What can go wrong, with the status of its answer. The sentences are in {@code Text.properties};
 * names are stable: programs know them.
 */
public enum Trouble {
  /** Parameter, what was given, least, most. */
  NOT_A_NUMBER(Kind.BAD),
  /** Parameter, what was given. */
  NOT_TRUE_OR_FALSE(Kind.BAD),
  /** Parameter, what was given, what there is. */
  NOT_ONE_OF(Kind.BAD),
  /** Parameter, what was given. */
  NOT_A_DAY(Kind.BAD),
  /** Parameter, characters that it has, characters that it may have. */
  TOO_LONG(Kind.BAD),
  /** What the library says. */
  BAD_SEARCH(Kind.BAD),
  /** Parameter. */
  MISSING(Kind.BAD),
  /** Parameter. */
  NOT_FROM_HERE(Kind.BAD),
  /** What was given. */
  NOT_AN_AGENT_ID(Kind.BAD),
  /** No files are named. */
  NO_FILES_NAMED(Kind.BAD),
  /** What names files is no list of numbers. */
  NOT_FILE_NUMBERS(Kind.BAD),
  /** The most. */
  TOO_MANY_FILES(Kind.BAD),
  /** The most. */
  TOO_MANY_PARAMETERS(Kind.BAD),
  /** What the accounts say. */
  BAD_NAME(Kind.BAD),
  /** What the accounts say. */
  BAD_PASSWORD(Kind.BAD),

  ADMINISTRATOR_NEEDED(Kind.FORBIDDEN),
  TOKEN_NEEDED(Kind.FORBIDDEN),

  /** Number. */
  NO_SUCH_FILE(Kind.ABSENT),
  NONE_OF_THESE_FILES(Kind.ABSENT),
  /** Address. */
  NO_SUCH_CLIENT(Kind.ABSENT),
  /** Id or number. */
  NO_SUCH_AGENT(Kind.ABSENT),
  /** Id. */
  NOT_ONE_AGENT(Kind.ABSENT),
  /** Number. */
  NO_SUCH_COLLECTION(Kind.ABSENT),
  /** Short id of the agent, number, id of the agent. */
  COLLECTION_OF_ANOTHER(Kind.ABSENT),
  /** Number. */
  NO_SUCH_SESSION(Kind.ABSENT),
  /** Port. */
  NO_SUCH_PORT(Kind.ABSENT),
  /** Port. */
  PORT_OF_RMI(Kind.ABSENT),
  /** Number. */
  NO_SUCH_IDENTITY(Kind.ABSENT),
  /** Number. */
  NO_SUCH_CODE(Kind.ABSENT),
  /** What the accounts say. */
  NO_SUCH_USER(Kind.ABSENT),

  NOT_KNOWN_BEFORE(Kind.NOT_THIS_WAY),

  /** Id. */
  SEVERAL_AGENTS(Kind.CONFLICT),
  /** Number. */
  COLLECTION_UNCLAIMED(Kind.CONFLICT),
  CHECK_RUNS(Kind.CONFLICT),
  /** What the accounts say. */
  NAME_TAKEN(Kind.CONFLICT),
  /** What the accounts say. */
  TOO_MANY_USERS(Kind.CONFLICT),
  /** What the accounts say. */
  LAST_ADMINISTRATOR(Kind.CONFLICT),

  /** Bytes of the file. */
  RANGE_BEYOND_END(Kind.RANGE),

  /** What the store says. */
  STORE_FAILED(Kind.FAILED),

  /** What the catalog says. */
  CATALOG_AWAY(Kind.LATER, 5),
  STORE_IS_READ(Kind.LATER, 30),
  PICTURES_BUSY(Kind.LATER, 2),
  /** How many. */
  ARCHIVES_BUSY(Kind.LATER, 10);

  /** The statuses, with the words that HTTP has for them. */
  private enum Kind {
    BAD(400, "Bad Request"),
    FORBIDDEN(403, "Forbidden"),
    ABSENT(404, "Not Found"),
    NOT_THIS_WAY(405, "Method Not Allowed"),
    CONFLICT(409, "Conflict"),
    RANGE(416, "Range Not Satisfiable"),
    FAILED(500, "Internal Server Error"),
    LATER(503, "Service Unavailable");

    private final int status;
    private final String title;

    Kind(int status, String title) {
      this.status = status;
      this.title = title;
    }
  }

  private final Kind kind;
  private final int retrySeconds;

  Trouble(Kind kind) {
    this(kind, 0);
  }

  Trouble(Kind kind, int retrySeconds) {
    this.kind = kind;
    this.retrySeconds = retrySeconds;
  }

  /** The name in JSON, such as {@code no-such-file}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Of HTTP. */
  public int status() {
    return kind.status;
  }

  String title() {
    return kind.title;
  }

  /** After how many seconds it is worth trying again; 0 when that does not help. */
  public int retrySeconds() {
    return retrySeconds;
  }
}
