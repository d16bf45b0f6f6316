package org.acopio.web.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import org.acopio.account.Role;

/** Lets only administrators pass. Who somebody is was settled before, at the entrance. */
@Provider
@AdministratorOnly
@ApplicationScoped
public class AdministratorFilter implements ContainerRequestFilter {
  @Override
  public void filter(ContainerRequestContext request) {
    if (!request.getSecurityContext().isUserInRole(Role.ADMINISTRATOR.word())) {
      request.abortWith(
          Problem.response(
              Status.FORBIDDEN,
              "This needs the role administrator, which an administrator of this server can give."));
    }
  }
}
