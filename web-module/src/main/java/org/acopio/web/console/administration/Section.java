package org.acopio.web.console.administration;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** Which part of the page is shown; a link to each can be kept. */
@Named
@RequestScoped
public class Section {
  private static final List<String> ALL =
      List.of("users", "enrolment", "agents", "settings", "audit");

  @Inject private HttpServletRequest request;

  /** {@code users}, {@code enrolment}, {@code agents}, {@code settings} or {@code audit}. */
  public String getName() {
    String asked = request.getParameter("section");
    return asked != null && ALL.contains(asked) ? asked : ALL.get(0);
  }
}
