package org.acopio.web.problem;

import java.io.Serial;
import java.util.Locale;
import org.acopio.catalog.CatalogException;

/** What was asked for cannot be; becomes the answer. The message is the sentence in English. */
public final class ProblemException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /**
   * @param values what the sentence is about, in the order of its places
   */
  public ProblemException(Trouble trouble, Object... values) {
    this(Problem.of(trouble, values));
  }

  /** The catalog did not do what was asked of it. */
  public static ProblemException of(CatalogException failure) {
    return new ProblemException(
        failure.retryable() ? Trouble.CATALOG_AWAY : Trouble.CATALOG_FAILED, failure.said());
  }

  private ProblemException(Problem problem) {
    super(problem.detail(Locale.ENGLISH));
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
