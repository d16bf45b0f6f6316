package org.acopio.server;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Locale;
import java.util.Map;
import org.acopio.catalog.ScrubState;
import org.acopio.check.CheckProgress;
import org.acopio.check.CheckReport;
import org.acopio.check.CheckRun;
import org.acopio.check.Checks;
import org.acopio.check.Finding;

/** Checks as JSON, for programs and for the command line. Source: docs/protocols.md. */
public final class CheckJson {
  private static final JsonBuilderFactory FACTORY = Json.createBuilderFactory(Map.of());

  private CheckJson() {}

  /** The check that runs, or the last, and the one in the background. */
  public static JsonObject of(Checks checks, long damaged) {
    ScrubState state = checks.scrub();
    JsonObjectBuilder scrub =
        FACTORY.createObjectBuilder().add("files", state.files()).add("bytes", state.bytes());
    state.begunAt().ifPresent(at -> scrub.add("begun", at.toString()));
    state.endedAt().ifPresent(at -> scrub.add("ended", at.toString()));
    int days = checks.settings().days();
    state.due(days).filter(at -> days > 0).ifPresent(at -> scrub.add("next", at.toString()));
    JsonObjectBuilder json =
        FACTORY
            .createObjectBuilder()
            .add("running", checks.last().filter(CheckRun::running).isPresent())
            .add("damaged", damaged)
            .add("scrub", scrub);
    checks.last().ifPresent(run -> json.add("run", run(run)));
    return json.build();
  }

  private static JsonObjectBuilder run(CheckRun run) {
    JsonObjectBuilder json =
        progress(run.progress())
            .add("begun", run.begunAt().toString())
            .add("readData", run.options().readData())
            .add("repair", run.options().repair());
    run.failure().ifPresent(why -> json.add("failure", why));
    run.report().ifPresent(report -> json.add("report", report(report)));
    return json;
  }

  /** How far a check is. */
  static JsonObjectBuilder progress(CheckProgress progress) {
    return FACTORY
        .createObjectBuilder()
        .add("phase", progress.phase().name().toLowerCase(Locale.ROOT))
        .add("rows", progress.rows())
        .add("allRows", progress.allRows())
        .add("readBytes", progress.bytes())
        .add("allBytes", progress.allBytes());
  }

  /** What a check came to. */
  static JsonObjectBuilder report(CheckReport report) {
    JsonObjectBuilder kinds = FACTORY.createObjectBuilder();
    report.counts().forEach((kind, count) -> kinds.add(kind.word(), count));
    JsonArrayBuilder findings = FACTORY.createArrayBuilder();
    for (Finding one : report.findings()) {
      findings.add(
          FACTORY
              .createObjectBuilder()
              .add("kind", one.kind().word())
              .add("file", one.file())
              .add("storedAs", one.storedAs())
              .add("detail", one.detail())
              .add("outcome", one.outcome().word())
              .add("remedy", one.remedy()));
    }
    return FACTORY
        .createObjectBuilder()
        .add("rows", report.rows())
        .add("readFiles", report.readFiles())
        .add("readBytes", report.readBytes())
        .add("millis", report.took().toMillis())
        .add("left", report.left())
        .add("unlisted", report.unlisted())
        .add("kinds", kinds)
        .add("findings", findings);
  }
}
