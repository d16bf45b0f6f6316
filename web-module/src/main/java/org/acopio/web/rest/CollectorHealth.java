package org.acopio.web.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import org.acopio.catalog.CatalogException;
import org.acopio.server.Acopio;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the catalog answers; otherwise says why not. */
@Readiness
@ApplicationScoped
public class CollectorHealth implements HealthCheck {
  @EJB private Acopio acopio;

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("collector");
    try {
      return response.up().withData("files", acopio.totals().files()).build();
    } catch (CatalogException e) {
      return response.down().withData("reason", e.getMessage()).build();
    }
  }
}
