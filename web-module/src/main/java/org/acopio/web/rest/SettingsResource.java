package org.acopio.web.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.acopio.config.SettingInForce;
import org.acopio.web.figures.Building;
import org.eclipse.microprofile.config.ConfigProvider;

/** {@code /api/settings}: every setting, its value, and who said so. Source: docs/protocols.md. */
@Path("settings")
@RequestScoped
@AdministratorOnly
@Produces(MediaType.APPLICATION_JSON)
public class SettingsResource {
  @GET
  public JsonObject all() {
    JsonArrayBuilder settings = Building.array();
    for (SettingInForce setting : SettingInForce.all(ConfigProvider.getConfig())) {
      settings.add(
          Building.object()
              .add("key", setting.key().key())
              .add("value", setting.shown())
              .add("default", setting.key().fallback())
              .add("unit", setting.key().unit())
              .add("source", setting.source().word())
              .add("sentence", setting.key().sentence()));
    }
    return Building.object().add("settings", settings).build();
  }
}
