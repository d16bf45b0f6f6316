package org.acopio.web.security;

import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.Map;
import java.util.Optional;
import org.acopio.account.Account;
import org.acopio.account.Accounts;
import org.acopio.account.Deed;
import org.acopio.account.Login;
import org.acopio.account.Role;
import org.acopio.catalog.CatalogException;
import org.acopio.server.Acopio;

/**
 * {@code /login}: a form for name and password, and, with a ticket, one button, which a script of
 * the page presses as soon as a person sees it. A ticket counts only then, so that no program that
 * looks at links or fetches pages ahead uses it up, and only on the machine of the server.
 */
@WebServlet(name = "login", urlPatterns = Paths.LOGIN)
public class LoginServlet extends HttpServlet {
  @Serial private static final long serialVersionUID = 1L;
  private static final Template FORM = Template.named("login.html");
  private static final Template TICKET = Template.named("ticket.html");
  private static final int TOO_MANY = 429;
  private static final int MOST = 1_024;

  @EJB private transient Acopio acopio;
  @Inject private transient Sheet sheet;
  @Inject private transient AuditTrail trail;
  @Inject private transient LoginRefusals refusals;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String ticket = text(request, "ticket");
    if (!ticket.isEmpty()) {
      showTicket(request, response, ticket);
    } else if (request.getUserPrincipal() != null && Visitor.of(request).isPresent()) {
      go(request, response, text(request, "to"));
    } else {
      showForm(request, response, HttpServletResponse.SC_OK, "", why(request));
    }
  }

  /** Why somebody is here who was in the console before. */
  private String why(HttpServletRequest request) {
    if (request.getParameter("ended") != null) {
      return sheet.note("", sheet.say("ended"));
    }
    return sheet.note("good", request.getParameter("out") == null ? "" : sheet.say("loggedOut"));
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String ticket = text(request, "ticket");
    if (!ticket.isEmpty()) {
      useTicket(request, response, ticket);
      return;
    }
    String name = text(request, "name");
    Login login;
    try {
      login = acopio.accounts().login(name, text(request, "password"), request.getRemoteAddr());
    } catch (CatalogException e) {
      getServletContext().log("nobody can log in: " + e.getMessage());
      refuse(request, response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, sheet.say("away"));
      return;
    }
    answer(request, response, name, login);
  }

  private void answer(
      HttpServletRequest request, HttpServletResponse response, String name, Login login)
      throws IOException {
    if (login instanceof Login.Welcome welcome) {
      Account account = welcome.account();
      Visitor.of(account).enter(request, account.role(), acopio.settings().account());
      trail.keep(account.name(), request, Deed.done("login", account.role().word()));
      go(request, response, text(request, "to"));
    } else if (login instanceof Login.Wait wait) {
      refusals.count(LoginRefusals.WAIT);
      response.setHeader("Retry-After", Long.toString(wait.left().toSeconds()));
      refuse(request, response, TOO_MANY, sheet.say("wait", wait.left().toSeconds()));
    } else if (login instanceof Login.Busy) {
      response.setHeader("Retry-After", "5");
      refuse(request, response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, sheet.say("busy"));
    } else if (login instanceof Login.Locked) {
      trail.failed(name, request, LoginRefusals.LOCKED);
      refuse(request, response, HttpServletResponse.SC_FORBIDDEN, sheet.say("locked"));
    } else {
      trail.failed(name, request, LoginRefusals.WRONG);
      // A scheme that browsers do not know, so that they show the page and ask nothing themselves.
      response.setHeader("WWW-Authenticate", "Form realm=\"acopio\"");
      refuse(request, response, HttpServletResponse.SC_UNAUTHORIZED, sheet.say("wrong"));
    }
  }

  private void refuse(
      HttpServletRequest request, HttpServletResponse response, int status, String sentence)
      throws IOException {
    showForm(request, response, status, text(request, "name"), sheet.note("bad", sentence));
  }

  private void showForm(
      HttpServletRequest request,
      HttpServletResponse response,
      int status,
      String name,
      String note)
      throws IOException {
    sheet.show(
        request,
        response,
        status,
        sheet.say("title"),
        FORM,
        Map.of(
            "note",
            note,
            "name",
            name,
            "to",
            Paths.target(text(request, "to")),
            "hint",
            Origins.isThisMachine(request) ? sheet.say("hintLocal") : sheet.say("hint")));
  }

  private void showTicket(HttpServletRequest request, HttpServletResponse response, String ticket)
      throws IOException {
    if (!Origins.isThisMachine(request)) {
      refuse(request, response, HttpServletResponse.SC_FORBIDDEN, sheet.say("ticketElsewhere"));
    } else if (acopio.loginTickets().isGood(ticket)) {
      sheet.show(
          request,
          response,
          HttpServletResponse.SC_OK,
          sheet.say("ticketTitle"),
          TICKET,
          Map.of("ticket", ticket, "to", Paths.target(text(request, "to"))));
    } else {
      refuse(request, response, HttpServletResponse.SC_FORBIDDEN, sheet.say("ticketOver"));
    }
  }

  private void useTicket(HttpServletRequest request, HttpServletResponse response, String ticket)
      throws IOException {
    if (!Origins.isThisMachine(request)) {
      trail.failed("", request, LoginRefusals.TICKET_ELSEWHERE);
      refuse(request, response, HttpServletResponse.SC_FORBIDDEN, sheet.say("ticketElsewhere"));
    } else if (acopio.loginTickets().use(ticket)) {
      Visitor.local().enter(request, Role.ADMINISTRATOR, acopio.settings().account());
      trail.keep(Accounts.LOCAL, request, Deed.done("login", "ticket"));
      go(request, response, text(request, "to"));
    } else {
      trail.failed("", request, LoginRefusals.TICKET_OVER);
      refuse(request, response, HttpServletResponse.SC_FORBIDDEN, sheet.say("ticketOver"));
    }
  }

  private static void go(HttpServletRequest request, HttpServletResponse response, String to) {
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", request.getContextPath() + Paths.target(to));
  }

  private static String text(HttpServletRequest request, String name) {
    return Optional.ofNullable(request.getParameter(name))
        .filter(text -> text.length() <= MOST)
        .orElse("");
  }
}
