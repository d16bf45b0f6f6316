package org.acopio.web.rest;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.acopio.account.Account;
import org.acopio.account.AccountException;
import org.acopio.account.Accounts;
import org.acopio.account.Deed;
import org.acopio.account.Role;
import org.acopio.server.Acopio;
import org.acopio.web.figures.Building;
import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;

/** {@code /api/users}: who may use the console. Source: docs/protocols.md. */
@Path("users")
@RequestScoped
@AdministratorOnly
@Produces(MediaType.APPLICATION_JSON)
public class UsersResource {
  @EJB private Acopio acopio;
  @Inject private Event<Deed> deeds;

  @GET
  public JsonObject all() {
    JsonArrayBuilder users = Building.array();
    Available.ask(() -> acopio.accounts().all()).forEach(account -> users.add(json(account)));
    return Building.object().add("users", users).build();
  }

  private static JsonObjectBuilder json(Account account) {
    JsonObjectBuilder user =
        Building.object()
            .add("name", account.name())
            .add("role", account.role().word())
            .add("locked", account.locked())
            .add("created", account.created().toString())
            .add("changed", account.changed().toString());
    account.lastLogin().ifPresent(at -> user.add("lastLogin", at.toString()));
    return user;
  }

  /**
   * Adds a user: {@code name}, {@code role}. The answer has the password, which is kept nowhere.
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response add(JsonObject user) {
    String name = user.getString("name", "");
    Role role = role(user.getString("role", Role.VIEWER.word()));
    return changed(
        accounts -> {
          String password = accounts.add(name, role);
          deeds.fire(Deed.of("user.add", name, role.word()));
          return Response.status(Status.CREATED).entity(password(name, password)).build();
        });
  }

  /** Changes a user: {@code role}, {@code locked}, or both. */
  @PATCH
  @Path("{name}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response change(@PathParam("name") String name, JsonObject changes) {
    return changed(
        accounts -> {
          if (changes.containsKey("role")) {
            Role role = role(changes.getString("role", ""));
            accounts.role(name, role);
            deeds.fire(Deed.of("user.role", name, role.word()));
          }
          if (changes.containsKey("locked")) {
            boolean locked = changes.getBoolean("locked", false);
            accounts.lock(name, locked);
            deeds.fire(Deed.done(locked ? "user.lock" : "user.unlock", name));
          }
          return Response.ok(Building.object().add("name", name).build()).build();
        });
  }

  /** Makes a new password, which ends all logins of the user. */
  @POST
  @Path("{name}/password")
  public Response newPassword(@PathParam("name") String name) {
    return changed(
        accounts -> {
          String password = accounts.resetPassword(name);
          deeds.fire(Deed.done("user.reset", name));
          return Response.ok(password(name, password)).build();
        });
  }

  @DELETE
  @Path("{name}")
  public Response remove(@PathParam("name") String name) {
    return changed(
        accounts -> {
          accounts.remove(name);
          deeds.fire(Deed.done("user.remove", name));
          return Response.ok(Building.object().add("name", name).build()).build();
        });
  }

  private static JsonObject password(String name, String password) {
    return Building.object().add("name", name).add("password", password).build();
  }

  private static Role role(String word) {
    return Role.of(word)
        .orElseThrow(
            () ->
                new ProblemException(
                    Trouble.NOT_ONE_OF,
                    "role",
                    word,
                    Arrays.stream(Role.values())
                        .map(Role::word)
                        .collect(Collectors.joining(", "))));
  }

  /** A change that the accounts may refuse. */
  private interface Change {
    Response in(Accounts accounts) throws AccountException;
  }

  private Response changed(Change change) {
    return Available.ask(
        () -> {
          try {
            return change.in(acopio.accounts());
          } catch (AccountException e) {
            throw refusal(e);
          }
        });
  }

  private static ProblemException refusal(AccountException e) {
    Trouble trouble =
        switch (e.code()) {
          case BAD_NAME -> Trouble.BAD_NAME;
          case NAME_TAKEN -> Trouble.NAME_TAKEN;
          case TOO_MANY -> Trouble.TOO_MANY_USERS;
          case UNKNOWN -> Trouble.NO_SUCH_USER;
          case LAST_ADMINISTRATOR -> Trouble.LAST_ADMINISTRATOR;
          case BAD_PASSWORD, WRONG_PASSWORD -> Trouble.BAD_PASSWORD;
        };
    return new ProblemException(trouble, e.values().toArray());
  }
}
