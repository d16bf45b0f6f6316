package org.acopio.web.security;

import jakarta.ejb.EJB;
import jakarta.enterprise.event.Event;
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
import org.acopio.account.AccountException;
import org.acopio.account.Accounts;
import org.acopio.account.Deed;
import org.acopio.account.Login;
import org.acopio.server.Acopio;

/** {@code /password}: a person changes the own password, and stays logged in here only. */
@WebServlet(name = "password", urlPatterns = Paths.PASSWORD)
public class PasswordServlet extends HttpServlet {
  @Serial private static final long serialVersionUID = 1L;
  private static final Template FORM = Template.named("password.html");
  private static final Template DONE = Template.named("done.html");
  private static final int TOO_MANY = 429;
  private static final int BAD = 422;

  @EJB private transient Acopio acopio;
  @Inject private transient Sheet sheet;
  @Inject private transient Event<Deed> deeds;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    show(request, response, HttpServletResponse.SC_OK, "");
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String chosen = text(request, "chosen");
    if (!chosen.equals(text(request, "again"))) {
      show(request, response, BAD, sheet.say("passwordsDiffer"));
      return;
    }
    try {
      Login login =
          acopio
              .accounts()
              .changePassword(
                  request.getRemoteUser(), text(request, "old"), chosen, request.getRemoteAddr());
      answer(request, response, login);
    } catch (AccountException e) {
      show(request, response, BAD, sheet.say("passwordBad"));
    }
  }

  private void answer(HttpServletRequest request, HttpServletResponse response, Login login)
      throws IOException {
    if (login instanceof Login.Welcome welcome) {
      deeds.fire(Deed.done("user.password", welcome.account().name()));
      Account account = welcome.account();
      Visitor.of(account).enter(request, account.role(), acopio.settings().account());
      sheet.show(
          request,
          response,
          HttpServletResponse.SC_OK,
          sheet.say("passwordTitle"),
          DONE,
          Map.of("note", sheet.note("good", sheet.say("passwordChanged"))));
    } else if (login instanceof Login.Wait wait) {
      response.setHeader("Retry-After", Long.toString(wait.left().toSeconds()));
      show(request, response, TOO_MANY, sheet.say("wait", wait.left().toSeconds()));
    } else {
      show(request, response, HttpServletResponse.SC_FORBIDDEN, sheet.say("passwordWrong"));
    }
  }

  private void show(
      HttpServletRequest request, HttpServletResponse response, int status, String sentence)
      throws IOException {
    if (Accounts.LOCAL.equals(request.getRemoteUser())) {
      sheet.show(
          request,
          response,
          HttpServletResponse.SC_OK,
          sheet.say("passwordTitle"),
          DONE,
          Map.of("note", sheet.note("", sheet.say("passwordLocal"))));
      return;
    }
    sheet.show(
        request,
        response,
        status,
        sheet.say("passwordTitle"),
        FORM,
        Map.of("note", sheet.note("bad", sentence), "name", request.getRemoteUser()));
  }

  private static String text(HttpServletRequest request, String name) {
    return Optional.ofNullable(request.getParameter(name)).orElse("");
  }
}
