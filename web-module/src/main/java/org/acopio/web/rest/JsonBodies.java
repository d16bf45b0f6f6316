package org.acopio.web.rest;

import jakarta.json.JsonException;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;

/** A body that is no JSON, or a list where an object is wanted, is a bad request. */
@Provider
public class JsonBodies implements ReaderInterceptor {
  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    try {
      Object body = context.proceed();
      if (context.getType().isInstance(body)) {
        return body;
      }
    } catch (JsonException malformed) {
      // Its words are those of a parser; the answer says where the form is described.
    }
    throw new ProblemException(Trouble.NOT_UNDERSTOOD);
  }
}
