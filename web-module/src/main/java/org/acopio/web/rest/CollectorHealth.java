package org.acopio.web.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.acopio.collect.Arrivals;
import org.acopio.collect.Condition;
import org.acopio.server.Acopio;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while files can be stored: the catalog answers, the store can be written to, and there is
 * room beyond its reserve. Otherwise says why not, and what to do.
 */
@Readiness
@ApplicationScoped
public class CollectorHealth implements HealthCheck {
  private static final String CATALOG_AWAY =
      "the catalog does not answer; check that its database runs and can be reached: ";
  private static final String STORE_AWAY =
      "the store cannot be looked at; check that its folder is there and mounted: ";

  @EJB private Acopio acopio;

  @Override
  public HealthCheckResponse call() {
    Condition condition = acopio.collector().progress().lookNow();
    Arrivals arrivals = acopio.collector().progress().arrivals();
    List<String> reasons = reasons(condition);
    var response =
        HealthCheckResponse.named("collector")
            .status(reasons.isEmpty())
            .withData("files", arrivals.ever().files())
            .withData("free", condition.free())
            .withData("reserve", condition.reserve())
            .withData("damaged", condition.damaged());
    if (!reasons.isEmpty()) {
      response.withData("reason", String.join(" / ", reasons));
    }
    return response.build();
  }

  static List<String> reasons(Condition condition) {
    List<String> reasons = new ArrayList<>();
    condition.catalogTrouble().map(CATALOG_AWAY::concat).ifPresent(reasons::add);
    condition.storeTrouble().map(STORE_AWAY::concat).ifPresent(reasons::add);
    if (condition.storeTrouble().isEmpty() && !condition.writable()) {
      reasons.add(
          "the store cannot be written to; check that its folder is mounted, not read-only, and"
              + " belongs to the user that runs the server");
    } else if (condition.storeTrouble().isEmpty() && condition.free() < condition.reserve()) {
      reasons.add(
          "the store's disk has %d bytes free and %d are its reserve (acopio.collect.reserve-bytes); make room"
              .formatted(condition.free(), condition.reserve()));
    }
    return reasons;
  }
}
