package org.acopio.web.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import org.acopio.account.Role;
import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;

/** Lets only administrators pass. Who somebody is was settled before, at the entrance. */
@Provider
@AdministratorOnly
@ApplicationScoped
public class AdministratorFilter implements ContainerRequestFilter {
  @Override
  public void filter(ContainerRequestContext request) {
    if (!request.getSecurityContext().isUserInRole(Role.ADMINISTRATOR.word())) {
      throw new ProblemException(Trouble.ADMINISTRATOR_NEEDED);
    }
  }
}
