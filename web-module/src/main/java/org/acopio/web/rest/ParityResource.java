package org.acopio.web.rest;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.acopio.parity.ParityCalls;
import org.acopio.parity.ParityCalls.Transport;
import org.acopio.remote.Parity;
import org.acopio.remote.ParityException;
import org.acopio.remote.ParityService;
import org.acopio.server.Acopio;
import org.acopio.web.figures.Building;
import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;

/** {@code GET /api/parity/{n}}: whether an integer is even. */
@Path("parity/{n}")
@ApplicationScoped
public class ParityResource {
  /** Of what is no number, as many characters are told back. */
  private static final int SHOWN = 40;

  @EJB private Acopio acopio;
  private ParityCalls.Counted parities;

  @PostConstruct
  void count() {
    parities = acopio.parityCalls().over(Transport.REST);
  }

  /**
   * {@code number} as it was asked, {@code parity} in the words of the old clients, {@code even}.
   */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response asJson(@PathParam("n") String number) {
    try {
      Parity parity = parities.of(number);
      JsonObject answer =
          Building.object()
              .add("number", number)
              .add("parity", parity.word())
              .add("even", parity == Parity.EVEN)
              .build();
      return Response.ok(answer).build();
    } catch (ParityException e) {
      throw refusal(e, number);
    }
  }

  /** The word alone, for who prefers it to JSON. */
  @GET
  @Produces(MediaType.TEXT_PLAIN + ";qs=0.5")
  public Response asText(@PathParam("n") String number) {
    try {
      return Response.ok(parities.of(number).word() + "\n", MediaType.TEXT_PLAIN).build();
    } catch (ParityException e) {
      throw refusal(e, number);
    }
  }

  private static ProblemException refusal(ParityException e, String number) {
    return switch (e.reason()) {
      case EMPTY -> new ProblemException(Trouble.NO_DIGIT, number);
      case NOT_AN_INTEGER ->
          new ProblemException(Trouble.NOT_AN_INTEGER, shown(number), placeOfNoDigit(number));
      // The container takes no path of so many characters, and a path names one number.
      case TOO_LONG, TOO_MANY, OTHER ->
          new ProblemException(Trouble.TOO_LONG, "n", number.length(), ParityService.MAX_DIGITS);
    };
  }

  /** Of the first character that is no digit; the first of all is 1. */
  private static int placeOfNoDigit(String number) {
    return number.length() - number.replaceFirst("^[-+]?[0-9]*", "").length() + 1;
  }

  private static String shown(String number) {
    return number.length() <= SHOWN ? number : number.substring(0, SHOWN) + "…";
  }
}
