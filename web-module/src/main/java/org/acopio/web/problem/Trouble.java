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
  /** Parameter, words that it has, words that it may have. */
  TOO_MANY_WORDS(Kind.BAD),
  /** Parameter, what was given. */
  NOT_A_DIGEST(Kind.BAD),
  /** What was given. Has the name that {@code ParityService} gives it, as the next one has. */
  NO_DIGIT(Kind.BAD, "EMPTY"),
  /** What was given, the place of its first character that is no digit. */
  NOT_AN_INTEGER(Kind.BAD, "NOT_AN_INTEGER"),
  /** The body, or something else that no parameter is to blame for. */
  NOT_UNDERSTOOD(Kind.BAD),
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
  /** What was given, the name that nobody can have. */
  BAD_NAME(Kind.BAD),
  /** The fewest characters, the most, the fewest different ones. */
  BAD_PASSWORD(Kind.BAD),

  LOGIN_NEEDED(Kind.UNKNOWN),
  WRONG_TOKEN(Kind.UNKNOWN),
  WRONG_PASSWORD(Kind.UNKNOWN),

  ADMINISTRATOR_NEEDED(Kind.FORBIDDEN),
  TOKEN_NEEDED(Kind.FORBIDDEN),
  FROM_ANOTHER_SITE(Kind.FORBIDDEN),
  /** Where it is. */
  HTTPS_NEEDED(Kind.FORBIDDEN),
  /** Where it is. */
  MOVED_TO_HTTPS(Kind.ELSEWHERE),

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
  PORT_OF_HTTP(Kind.ABSENT),
  NO_LOAD(Kind.ABSENT),
  /** Number. */
  NO_SUCH_IDENTITY(Kind.ABSENT),
  /** Number. */
  NO_SUCH_CODE(Kind.ABSENT),
  /** Name. */
  NO_SUCH_USER(Kind.ABSENT),
  NOTHING_HERE(Kind.ABSENT),

  NOT_KNOWN_BEFORE(Kind.NOT_THIS_WAY),
  /** Method of HTTP. */
  NO_SUCH_METHOD(Kind.NOT_THIS_WAY),

  NOT_IN_THIS_FORM(Kind.NOT_ACCEPTABLE),

  /** Id. */
  SEVERAL_AGENTS(Kind.CONFLICT),
  /** Number. */
  COLLECTION_UNCLAIMED(Kind.CONFLICT),
  CHECK_RUNS(Kind.CONFLICT),
  LOAD_RUNS(Kind.CONFLICT),
  NO_SESSION_PORT(Kind.CONFLICT),
  /** Name. */
  NAME_TAKEN(Kind.CONFLICT),
  /** How many. */
  TOO_MANY_USERS(Kind.CONFLICT),
  /** Name. */
  LAST_ADMINISTRATOR(Kind.CONFLICT),

  NOT_JSON(Kind.TYPE),

  /** Bytes of the file. */
  RANGE_BEYOND_END(Kind.RANGE),

  NOT_THIS_SERVER(Kind.MISDIRECTED),

  /** Seconds to wait. */
  TOO_MANY_GUESSES(Kind.TOO_OFTEN),

  /** Name in the store, bytes. */
  STORED_FILE_GONE(Kind.FAILED),
  /** Name in the store, what the system says. */
  STORED_FILE_UNREADABLE(Kind.FAILED),
  /** What the database says. */
  CATALOG_FAILED(Kind.FAILED),
  SERVER_FAILED(Kind.FAILED),

  /** What the database says. */
  CATALOG_AWAY(Kind.LATER, 5),
  LOGINS_BUSY(Kind.LATER, 5),
  STORE_IS_READ(Kind.LATER, 30),
  PICTURES_BUSY(Kind.LATER, 2),
  /** How many. */
  ARCHIVES_BUSY(Kind.LATER, 10);

  /** The statuses, with the words that HTTP has for them. */
  private enum Kind {
    ELSEWHERE(307, "Temporary Redirect"),
    BAD(400, "Bad Request"),
    UNKNOWN(401, "Unauthorized"),
    FORBIDDEN(403, "Forbidden"),
    ABSENT(404, "Not Found"),
    NOT_THIS_WAY(405, "Method Not Allowed"),
    NOT_ACCEPTABLE(406, "Not Acceptable"),
    CONFLICT(409, "Conflict"),
    TYPE(415, "Unsupported Media Type"),
    RANGE(416, "Range Not Satisfiable"),
    MISDIRECTED(421, "Misdirected Request"),
    TOO_OFTEN(429, "Too Many Requests"),
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
  private final String code;
  private final int retrySeconds;

  Trouble(Kind kind) {
    this(kind, 0);
  }

  Trouble(Kind kind, int retrySeconds) {
    this.kind = kind;
    this.code = name().toLowerCase(Locale.ROOT).replace('_', '-');
    this.retrySeconds = retrySeconds;
  }

  Trouble(Kind kind, String code) {
    this.kind = kind;
    this.code = code;
    this.retrySeconds = 0;
  }

  /** The name in JSON, such as {@code no-such-file}. */
  public String code() {
    return code;
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
