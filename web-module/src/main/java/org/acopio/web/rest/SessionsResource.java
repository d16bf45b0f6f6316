package org.acopio.web.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.acopio.account.Deed;
import org.acopio.catalog.PastSessionQuery;
import org.acopio.server.Acopio;
import org.acopio.session.Session;
import org.acopio.session.SessionKind;
import org.acopio.session.SessionOrder;
import org.acopio.session.SessionPage;
import org.acopio.session.SessionQuery;
import org.acopio.session.Sessions;
import org.acopio.web.figures.Building;
import org.acopio.web.figures.SessionFigures;
import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/sessions}: who is connected, who was, and closing connections, which is for
 * administrators. Source: docs/protocols.md.
 */
@Path("sessions")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SessionsResource {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;

  @EJB private Acopio acopio;
  @Inject private Event<Deed> deeds;

  @GET
  public JsonObject live(
      @QueryParam("kind") @Nullable String kind,
      @QueryParam("text") @Nullable String text,
      @QueryParam("sort") @Nullable String sort,
      @QueryParam("direction") @Nullable String direction,
      @QueryParam("offset") @Nullable String offset,
      @QueryParam("limit") @Nullable String limit) {
    Sessions sessions = acopio.sessions();
    SessionPage page =
        sessions.page(
            new SessionQuery(
                kind(kind),
                text(text),
                order(sort),
                descending(direction),
                (int) Numbers.parse("offset", offset, 0, Integer.MAX_VALUE, 0),
                limit(limit)));
    return SessionJson.page(SessionFigures.of(sessions), page.matching(), page.sessions());
  }

  @GET
  @Path("{number: \\d{1,19}}")
  public JsonObject one(@PathParam("number") String number) {
    return SessionJson.live(find(number));
  }

  @GET
  @Path("history")
  public JsonObject history(
      @QueryParam("kind") @Nullable String kind,
      @QueryParam("text") @Nullable String text,
      @QueryParam("endedFrom") @Nullable String endedFrom,
      @QueryParam("endedTo") @Nullable String endedTo,
      @QueryParam("sort") @Nullable String sort,
      @QueryParam("direction") @Nullable String direction,
      @QueryParam("before") @Nullable String before,
      @QueryParam("offset") @Nullable String offset,
      @QueryParam("limit") @Nullable String limit) {
    ZoneId zone = ZoneId.systemDefault();
    PastSessionQuery wanted =
        new PastSessionQuery(
            kind(kind).map(SessionKind::word),
            text(text),
            Days.from("endedFrom", endedFrom, zone, Long.MIN_VALUE),
            Days.to("endedTo", endedTo, zone, Long.MAX_VALUE),
            pastOrder(sort),
            direction == null || direction.isEmpty() || descending(direction),
            Numbers.parse("before", before, 1, Long.MAX_VALUE, Long.MAX_VALUE),
            (int) Numbers.parse("offset", offset, 0, Integer.MAX_VALUE, 0),
            limit(limit));
    return Available.ask(() -> SessionJson.history(acopio.pastSessions(wanted), wanted));
  }

  /** Begins to close one connection; it is gone from the list when what was written is sent. */
  @DELETE
  @Path("{number: \\d{1,19}}")
  @AdministratorOnly
  public JsonObject close(@PathParam("number") String number) {
    Session session = find(number);
    boolean closing = session.close();
    deeds.fire(
        Deed.of(
            "session.close",
            session.kind().word() + " " + session.remoteAddress() + ":" + session.remotePort(),
            closing ? "done" : "closing"));
    return closing(closing ? 1 : 0);
  }

  /** Begins to close all connections of a kind, or all; with a text, only those that match it. */
  @DELETE
  @AdministratorOnly
  public JsonObject closeAll(
      @QueryParam("kind") @Nullable String kind, @QueryParam("text") @Nullable String text) {
    Optional<SessionKind> only = kind(kind);
    String wanted = text(text).strip();
    int closing = acopio.sessions().closeAll(only, wanted);
    String what = only.map(SessionKind::word).orElse("all");
    deeds.fire(
        Deed.of(
            "session.close-all",
            wanted.isEmpty() ? what : what + " " + wanted,
            Integer.toString(closing)));
    return closing(closing);
  }

  private static JsonObject closing(int count) {
    return Building.object().add("closing", count).build();
  }

  private Session find(String number) {
    try {
      return acopio.sessions().find(Long.parseLong(number)).orElseThrow(() -> unknown(number));
    } catch (NumberFormatException e) {
      throw unknown(number);
    }
  }

  private static ProblemException unknown(String number) {
    return new ProblemException(Trouble.NO_SUCH_SESSION, number);
  }

  private static int limit(@Nullable String text) {
    return (int) Numbers.parse("limit", text, 1, MAX_LIMIT, DEFAULT_LIMIT);
  }

  private static String text(@Nullable String text) {
    if (text != null && text.length() > SessionQuery.MAX_TEXT) {
      throw new ProblemException(Trouble.TOO_LONG, "text", text.length(), SessionQuery.MAX_TEXT);
    }
    return text == null ? "" : text;
  }

  /** None is the order of arrival. */
  private static SessionOrder order(@Nullable String word) {
    if (word == null || word.isEmpty()) {
      return SessionOrder.BEGUN;
    }
    return SessionOrder.of(word)
        .orElseThrow(
            () ->
                unknown(
                    "sort", word, Arrays.stream(SessionOrder.values()).map(SessionOrder::word)));
  }

  /** None is the order of their ends. */
  private static PastSessionQuery.Order pastOrder(@Nullable String word) {
    if (word == null || word.isEmpty()) {
      return PastSessionQuery.Order.ENDED;
    }
    return PastSessionQuery.Order.of(word)
        .orElseThrow(
            () ->
                unknown(
                    "sort",
                    word,
                    Arrays.stream(PastSessionQuery.Order.values())
                        .map(PastSessionQuery.Order::word)));
  }

  private static boolean descending(@Nullable String word) {
    if (word == null || word.isEmpty() || word.equals("ascending")) {
      return false;
    }
    if (word.equals("descending")) {
      return true;
    }
    throw unknown("direction", word, Stream.of("ascending", "descending"));
  }

  private static ProblemException unknown(String name, String word, Stream<String> known) {
    return new ProblemException(
        Trouble.NOT_ONE_OF, name, word, known.collect(Collectors.joining(", ")));
  }

  /** None is every kind. */
  private static Optional<SessionKind> kind(@Nullable String word) {
    if (word == null || word.isEmpty()) {
      return Optional.empty();
    }
    Optional<SessionKind> kind = SessionKind.of(word);
    if (kind.isEmpty()) {
      throw unknown("kind", word, Arrays.stream(SessionKind.values()).map(SessionKind::word));
    }
    return kind;
  }
}
