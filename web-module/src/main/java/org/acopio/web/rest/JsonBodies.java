package org.acopio.web.rest;

import jakarta.ws.rs.WebApplicationException;
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
    } catch (WebApplicationException refused) {
      throw refused;
    } catch (RuntimeException malformed) {
      // A parser's, which has exceptions of its own for depth and for numbers. Its words are of no
      // use to whoever asked; the answer says where the form is described.
    }
    throw new ProblemException(Trouble.NOT_UNDERSTOOD);
  }
}
