package org.acopio.web.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Locale;
import org.acopio.web.problem.Languages;
import org.acopio.web.problem.Problem;
import org.acopio.web.problem.ProblemException;

/** Answers with what went wrong, in the language that the request asks for. */
@Provider
@ApplicationScoped
public class ProblemMapper implements ExceptionMapper<ProblemException> {
  @Inject private HttpServletRequest request;

  @Override
  public Response toResponse(ProblemException exception) {
    Problem problem = exception.problem();
    Locale language = Languages.of(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
    Response.ResponseBuilder answer =
        Response.status(problem.trouble().status())
            .type(Problem.MEDIA_TYPE)
            .language(language)
            .entity(problem.json(language));
    if (problem.trouble().retrySeconds() > 0) {
      answer.header(HttpHeaders.RETRY_AFTER, problem.trouble().retrySeconds());
    }
    return answer.build();
  }
}
