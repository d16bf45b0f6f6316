package org.acopio.web.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.acopio.config.SettingInForce;
import org.eclipse.microprofile.config.ConfigProvider;

/** {@code /api/settings}: every setting, its value, and who said so. Source: docs/protocols.md. */
@Path("settings")
@RequestScoped
@AdministratorOnly
@Produces(MediaType.APPLICATION_JSON)
public class SettingsResource {
  @GET
  public JsonObject all() {
    JsonArrayBuilder settings = Json.createArrayBuilder();
    for (SettingInForce setting : SettingInForce.all(ConfigProvider.getConfig())) {
      settings.add(
          Json.createObjectBuilder()
              .add("key", setting.key().key())
              .add("value", setting.shown())
              .add("default", setting.key().fallback())
              .add("unit", setting.key().unit())
              .add("source", setting.source().word())
              .add("sentence", setting.key().sentence()));
    }
    return Json.createObjectBuilder().add("settings", settings).build();
  }
}
