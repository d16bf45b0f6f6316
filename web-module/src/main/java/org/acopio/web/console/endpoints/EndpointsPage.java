package org.acopio.web.console.endpoints;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.security.enterprise.SecurityContext;
import java.util.Optional;
import org.acopio.account.Deed;
import org.acopio.endpoint.EndpointFigures;
import org.acopio.web.console.Words;
import org.acopio.web.ports.LoadGenerator;
import org.acopio.web.ports.LoadPlan;
import org.acopio.web.ports.PortSwitches;

/** The switches of the ports, and of the load, for an administrator. */
@Named
@RequestScoped
public class EndpointsPage {
  @Inject private SecurityContext security;
  @Inject private Event<Deed> deeds;
  @Inject private Words words;
  @Inject private LoadGenerator load;
  @Inject private PortSwitches switches;
  private int port;
  private int connections = 100;
  private int periodMillis = 1_000;
  private int seconds = 30;
  private String outcome = "";

  /** Stops taking connections on the port. */
  public void pause() {
    change("endpoint.pause", "pausedNow");
  }

  /** Takes connections on the port again. */
  public void resume() {
    change("endpoint.resume", "resumedNow");
  }

  private void change(String code, String said) {
    Optional<EndpointFigures> known = switches.find(port);
    if (!isAdministrator()) {
      outcome = say("notAllowed");
    } else if (known.isEmpty() || !commanded(code)) {
      outcome = say("noSuchPort", Integer.toString(port));
    } else {
      deeds.fire(Deed.done(code, known.get().name() + " " + port));
      outcome = say(said, Integer.toString(port));
    }
  }

  private boolean commanded(String code) {
    return code.equals("endpoint.pause") ? switches.pause(port) : switches.resume(port);
  }

  /** Begins a load. */
  public void startLoad() {
    if (!isAdministrator()) {
      outcome = say("notAllowed");
      return;
    }
    try {
      LoadPlan plan = new LoadPlan(connections, periodMillis, seconds);
      outcome =
          switch (load.start(plan)) {
            case YES -> begun(plan);
            case BUSY -> say("loadBusy");
            case NO_PORT -> say("loadNoPort");
          };
    } catch (IllegalArgumentException e) {
      outcome =
          say(
              "loadLimits",
              LoadPlan.MAX_CONNECTIONS,
              LoadPlan.MIN_PERIOD,
              LoadPlan.MAX_PERIOD,
              LoadPlan.MAX_SECONDS);
    }
  }

  private String begun(LoadPlan plan) {
    deeds.fire(Deed.done("load.start", plan.shown()));
    return say("loadBegun");
  }

  /** Ends the load that runs. */
  public void stopLoad() {
    if (!isAdministrator()) {
      outcome = say("notAllowed");
    } else if (load.stop()) {
      deeds.fire(Deed.done("load.stop", "session ports"));
      outcome = say("loadStopped");
    } else {
      outcome = say("loadNone");
    }
  }

  private boolean isAdministrator() {
    return security.isCallerInRole("administrator");
  }

  private String say(String key, Object... values) {
    return words.of("endpoints", key, values);
  }

  public int getPort() {
    return port;
  }

  public void setPort(int port) {
    this.port = port;
  }

  /** On each of the two ports. */
  public int getConnections() {
    return connections;
  }

  public void setConnections(int connections) {
    this.connections = connections;
  }

  public int getPeriodMillis() {
    return periodMillis;
  }

  public void setPeriodMillis(int periodMillis) {
    this.periodMillis = periodMillis;
  }

  public int getSeconds() {
    return seconds;
  }

  public void setSeconds(int seconds) {
    this.seconds = seconds;
  }

  /** The most connections on each port. */
  public int getMaxConnections() {
    return LoadPlan.MAX_CONNECTIONS;
  }

  /** What came of it, in a sentence; empty before. */
  public String getOutcome() {
    return outcome;
  }
}
