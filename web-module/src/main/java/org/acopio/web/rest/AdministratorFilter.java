package org.acopio.web.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.util.Locale;
import org.acopio.server.Acopio;
import org.jspecify.annotations.Nullable;

/**
 * Lets only the bearer of the administrator's token pass (RFC 6750). The answer to others says
 * where the token is, which is worth nothing to those who cannot read the file.
 */
@Provider
@AdministratorOnly
@ApplicationScoped
public class AdministratorFilter implements ContainerRequestFilter {
  private static final String SCHEME = "Bearer ";
  private static final String CHALLENGE = "Bearer realm=\"acopio\"";
  private static final String WHERE =
      "Send the header 'Authorization: Bearer TOKEN'; the token is in the file admin-token in the"
          + " data folder of the server, which its owner can read, and is new at each start.";

  @EJB private Acopio acopio;

  @Override
  public void filter(ContainerRequestContext request) {
    String said = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    if (!isBearer(said)) {
      request.abortWith(refusal(CHALLENGE, "This needs the administrator's token. " + WHERE));
    } else if (!acopio.isAdminToken(said.substring(SCHEME.length()).strip())) {
      request.abortWith(
          refusal(
              CHALLENGE + ", error=\"invalid_token\"",
              "This is not the administrator's token of this run of the server. " + WHERE));
    }
  }

  /** The name of the scheme may have any letter case (RFC 9110, 11.1). */
  static boolean isBearer(@Nullable String header) {
    return header != null
        && header.length() > SCHEME.length()
        && header.substring(0, SCHEME.length()).toLowerCase(Locale.ROOT).equals("bearer ");
  }

  private static Response refusal(String challenge, String detail) {
    return Response.fromResponse(Problem.response(Status.UNAUTHORIZED, detail))
        .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
        .build();
  }
}
