package org.acopio.web.security;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.Serial;
import org.acopio.account.Deed;

/**
 * {@code POST /logout}: ends the session, and with it the WebSockets that were opened in it. A link
 * does not log out, so that no page of another site can.
 */
@WebServlet(name = "logout", urlPatterns = Paths.LOGOUT)
public class LogoutServlet extends HttpServlet {
  @Serial private static final long serialVersionUID = 1L;

  @Inject private transient Event<Deed> deeds;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      if (request.getUserPrincipal() != null) {
        deeds.fire(Deed.done("logout", ""));
      }
      session.invalidate();
    }
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", request.getContextPath() + Paths.LOGIN + "?out");
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", request.getContextPath() + Paths.START);
  }
}
