package org.acopio.web.security;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.acopio.account.Accounts;
import org.acopio.account.Login;
import org.acopio.account.Role;
import org.acopio.catalog.CatalogException;
import org.acopio.server.Acopio;
import org.acopio.web.problem.Problem;
import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;
import org.acopio.web.security.Visitor.Present;

/**
 * Tells the container who asks (Jakarta Security): by the session of a login, by the
 * administrator's token (RFC 6750), or by name and password of an account (RFC 7617). Who has to
 * log in first is sent to the login, and a program is told so.
 */
@ApplicationScoped
public class Entrance implements HttpAuthenticationMechanism {
  private static final String REALM = " realm=\"acopio\"";

  @EJB private Acopio acopio;
  @Inject private LoginRefusals refusals;

  @Override
  public AuthenticationStatus validateRequest(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
      throws AuthenticationException {
    try {
      if (context.isProtected() && PlainHttp.exposes(request)) {
        // Before a password is looked at: whether it was right is a secret too.
        return PlainHttp.turnAway(request, response)
            ? AuthenticationStatus.SEND_CONTINUE
            : AuthenticationStatus.SEND_FAILURE;
      }
      Optional<Authorization> said = Authorization.of(request.getHeader("Authorization"));
      if (said.isPresent()) {
        return judge(said.get(), request, response, context);
      }
      Optional<Present> present =
          Visitor.of(request).flatMap(visitor -> visitor.present(acopio.accounts()));
      if (present.isPresent()) {
        return welcome(present.get(), context);
      }
      return context.isProtected() ? toLogin(request, response) : context.doNothing();
    } catch (CatalogException e) {
      return unknown(request, response, context, e);
    } catch (IOException e) {
      throw new AuthenticationException("the answer cannot be written", e);
    }
  }

  private static AuthenticationStatus welcome(Present present, HttpMessageContext context) {
    return context.notifyContainerAboutLogin(present.name(), present.role().words());
  }

  private AuthenticationStatus judge(
      Authorization said,
      HttpServletRequest request,
      HttpServletResponse response,
      HttpMessageContext context)
      throws IOException {
    if (said instanceof Authorization.Bearer bearer) {
      return acopio.isAdminToken(bearer.token())
          ? welcome(new Present(Accounts.LOCAL, Role.ADMINISTRATOR), context)
          : refused(request, response, context, Trouble.WRONG_TOKEN);
    }
    Authorization.Basic basic = (Authorization.Basic) said;
    if (!context.isProtected()) {
      // Looking at a password costs; where nobody has to be known it is not worth it.
      return context.doNothing();
    }
    Login login =
        acopio.accounts().loginAgain(basic.name(), basic.password(), request.getRemoteAddr());
    if (login instanceof Login.Welcome welcome) {
      return welcome(new Present(welcome.account().name(), welcome.account().role()), context);
    }
    if (login instanceof Login.Wait wait) {
      refusals.count(LoginRefusals.WAIT);
      long seconds = wait.left().toSeconds();
      response.setHeader("Retry-After", Long.toString(seconds));
      return problem(request, response, Problem.of(Trouble.TOO_MANY_GUESSES, seconds));
    }
    return login instanceof Login.Busy
        ? problem(request, response, Problem.of(Trouble.LOGINS_BUSY))
        : refused(request, response, context, Trouble.WRONG_PASSWORD);
  }

  private AuthenticationStatus refused(
      HttpServletRequest request,
      HttpServletResponse response,
      HttpMessageContext context,
      Trouble why)
      throws IOException {
    if (!context.isProtected()) {
      return context.doNothing();
    }
    refusals.count(why == Trouble.WRONG_TOKEN ? LoginRefusals.TOKEN : LoginRefusals.WRONG);
    challenge(request, response, ", error=\"invalid_token\"");
    return problem(request, response, Problem.of(why));
  }

  private AuthenticationStatus toLogin(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = Paths.of(request);
    if (Paths.isForPrograms(path) || Origins.isWebSocket(request)) {
      challenge(request, response, "");
      return problem(request, response, Problem.of(Trouble.LOGIN_NEEDED));
    }
    Headers.set(response, path);
    String login = Paths.loginFor(request);
    if ("partial/ajax".equals(request.getHeader("Faces-Request"))) {
      partialRedirect(response, login);
    } else {
      response.setStatus(HttpServletResponse.SC_SEE_OTHER);
      response.setHeader("Location", login);
    }
    return AuthenticationStatus.SEND_CONTINUE;
  }

  /** What the script of Faces understands; a redirect would be followed unseen. */
  private static void partialRedirect(HttpServletResponse response, String login)
      throws IOException {
    String answer =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><partial-response><redirect url=\""
            + Template.escape(login)
            + "\"/></partial-response>";
    response.setContentType("text/xml;charset=UTF-8");
    response.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
  }

  /** A browser would ask for Basic in a window of its own, which no page can style or leave. */
  private static void challenge(
      HttpServletRequest request, HttpServletResponse response, String error) {
    response.addHeader("WWW-Authenticate", "Bearer" + REALM + error);
    boolean browser =
        request.getHeader("Sec-Fetch-Mode") != null
            || request.getHeader("X-Requested-With") != null
            || request.getCookies() != null;
    if (!browser) {
      response.addHeader("WWW-Authenticate", "Basic" + REALM + ", charset=\"UTF-8\"");
    }
  }

  private static AuthenticationStatus problem(
      HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    Headers.set(response, Paths.of(request));
    problem.answer(request, response);
    return AuthenticationStatus.SEND_FAILURE;
  }

  /** Without the catalog nobody can be known; what needs nobody goes on. */
  private static AuthenticationStatus unknown(
      HttpServletRequest request,
      HttpServletResponse response,
      HttpMessageContext context,
      CatalogException e)
      throws AuthenticationException {
    if (!context.isProtected()) {
      return context.doNothing();
    }
    try {
      return problem(request, response, ProblemException.of(e).problem());
    } catch (IOException failure) {
      throw new AuthenticationException("the answer cannot be written", failure);
    }
  }
}
