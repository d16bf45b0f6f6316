package org.acopio.web.console.administration;

import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.acopio.account.Deed;
import org.acopio.catalog.EnrolmentCodeEntry;
import org.acopio.identity.EnrolmentCodes;
import org.acopio.server.Acopio;

/** The codes that invite PCs, on the page. A code itself is shown once, to whoever made it. */
@Named
@ViewScoped
public class Codes implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  /** More are no help to a person. */
  private static final int SHOWN = 50;

  @EJB private Acopio acopio;
  @Inject private Gate gate;

  private int days = (int) EnrolmentCodes.LASTS.toDays();
  private Integer uses;
  private String command = "";

  /** The codes that were made last. */
  public List<EnrolmentCodeEntry> getAll() {
    List<EnrolmentCodeEntry> all = codes().newest();
    return all.subList(0, Math.min(SHOWN, all.size()));
  }

  private EnrolmentCodes codes() {
    return acopio.identities().codes();
  }

  public void make() {
    OptionalLong most = uses == null ? OptionalLong.empty() : OptionalLong.of(uses);
    String target = days + " d" + (uses == null ? "" : ", " + uses);
    gate.change(
        Deed.done("enrol.code", target),
        () ->
            command =
                "acopio enrol "
                    + codes().make(gate.caller(), Duration.ofDays(days), most).code().text()
                    + " --server "
                    + acopio.place());
  }

  public void takeBack(EnrolmentCodeEntry code) {
    if (gate.change(
        Deed.done("enrol.code.remove", Long.toString(code.number())),
        () -> codes().takeBack(code.number()))) {
      gate.confirm("codeTakenBack", code.number());
    }
  }

  /**
   * A word for how it is with a code: {@code invites}, {@code taken}, {@code expired} or {@code
   * used}.
   */
  public String state(EnrolmentCodeEntry code) {
    Instant now = acopio.clock().instant();
    if (code.invites(now)) {
      return "invites";
    }
    if (code.takenBackAt().isPresent()) {
      return "taken";
    }
    return now.isBefore(code.expiresAt()) ? "used" : "expired";
  }

  /** Takes the command away that was shown. */
  public void forget() {
    command = "";
  }

  public int getDays() {
    return days;
  }

  public void setDays(int days) {
    this.days = days;
  }

  /** How many PCs may come; any number when it is not there. */
  public Integer getUses() {
    return uses;
  }

  public void setUses(Integer uses) {
    this.uses = uses;
  }

  public int getMostDays() {
    return EnrolmentCodes.MOST_DAYS;
  }

  public int getMostUses() {
    return EnrolmentCodes.MOST_USES;
  }

  /** What a person types on a PC, with the code in it; empty when none was made. */
  public String getCommand() {
    return command;
  }
}
