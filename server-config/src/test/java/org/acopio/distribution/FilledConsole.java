package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.EOFException;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Brings to a server whatever a page of the console can show: a PC with folders, versions and
 * copies, files that were refused, changed and left unfinished, others on their way, sessions, an
 * enrolled PC, an account, a login that failed. Names are hostile wherever a client chooses them.
 * Until it is closed, some of it goes on.
 */
final class FilledConsole implements AutoCloseable {
  static final String PC = "<img src=x onerror=acopioWasFooled=4> de la obra";
  static final String ENROLLED = "<img src=x onerror=acopioWasFooled=6> del aula";
  static final String HOME = "/home/<svg onload=acopioWasFooled=5>/Obras";
  static final String AGAIN = "fachada norte.jpg";
  static final String COPY = "copia <img src=x onerror=acopioWasFooled=7>.jpg";
  static final String ARRIVING = "<img src=x onerror=acopioWasFooled=8> en camino.jpg";
  static final String NO_MEDIA = "<img src=x onerror=acopioWasFooled=9> de texto.jpg";
  static final String CHANGING = "plano que cambia.jpg";
  static final String UNFINISHED = "a medias.jpg";
  static final String USER = "lucia";

  private static final byte[] KEY = new byte[32];
  private static final int PART = 40_000;

  static {
    KEY[0] = 77;
  }

  private final ServerProcess server;
  private final List<TcpClient> clients = new ArrayList<>();
  private final StepwiseSender sender;
  private final String agent;

  FilledConsole(ServerProcess server, Path folder) throws IOException, InterruptedException {
    this.server = server;
    yesterdaysCollection();
    sender = new StepwiseSender(ingest(), PC, KEY);
    filesOnTheirWay();
    sessions();
    AdminHttp admin = new AdminHttp(server);
    enrol(admin, folder);
    assertEquals(
        201,
        admin
            .send(
                admin
                    .request("/api/users")
                    .header("Content-Type", "application/json")
                    .POST(
                        BodyPublishers.ofString("{\"name\":\"" + USER + "\",\"role\":\"viewer\"}")))
            .statusCode());
    agent =
        admin.json("/api/agents").getJsonArray("agents").getValuesAs(JsonObject.class).stream()
            .filter(one -> one.getString("hostName").equals(PC))
            .findFirst()
            .orElseThrow()
            .getString("id");
  }

  /** The id of the PC. */
  String agent() {
    return agent;
  }

  private int ingest() {
    return server.tcpPorts("ingest").get(0);
  }

  private void yesterdaysCollection() throws IOException {
    try (StepwiseSender before = new StepwiseSender(ingest(), PC, KEY)) {
      store(before, HOME + '/' + AGAIN, picture(1, 3_000));
      store(before, HOME + '/' + AGAIN, picture(2, 3_500));
      store(before, HOME + "/Segunda planta/" + COPY, picture(1, 3_000));
      store(before, HOME + "/Segunda planta/<b>baño</b>/azulejos.jpg", picture(3, 2_000));
      byte[] text = "Esto es texto.".getBytes(StandardCharsets.UTF_8);
      assertThrows(IOException.class, () -> store(before, HOME + '/' + NO_MEDIA, text));
      byte[] content = picture(4, 4_000);
      StepwiseSender.Sending changing = before.offer(HOME + '/' + CHANGING, "image/jpeg", content);
      for (int part = 0; part < 4; part++) {
        changing.rest(part);
      }
      content[content.length - 1] ^= 1;
      assertThrows(IOException.class, changing::finish);
      before.offer(HOME + '/' + UNFINISHED, "image/jpeg", picture(5, 4 * PART)).some(0, 1_000);
      before.end();
    }
  }

  private void filesOnTheirWay() throws IOException {
    StepwiseSender.Sending sending =
        sender.offer(HOME + '/' + ARRIVING, "image/jpeg", picture(6, 4 * PART));
    sending.spoiled(3, 1_000);
    sending.rest(0);
    sending.some(1, PART / 2);
  }

  private void sessions() throws IOException {
    for (String kind : List.of("echo", "echo-queue", "session-thread", "session-selector")) {
      TcpClient client = TcpClient.to(server.tcpPorts(kind).get(0));
      client.send("<img src=x onerror=acopioWasFooled=10>\n");
      clients.add(client);
    }
    try (TcpClient gone = TcpClient.to(server.tcpPorts("echo").get(0))) {
      gone.send("x").read(1);
    }
  }

  private void enrol(AdminHttp admin, Path folder) throws IOException, InterruptedException {
    JsonObject code =
        AdminHttp.parsed(
            admin
                .send(
                    admin
                        .request("/api/enrolment-codes")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"days\":7,\"uses\":2}")))
                .body());
    enrol(server, code.getString("code"), folder);
  }

  /** Makes the enrolled PC known, for the first time or anew. */
  static void enrol(ServerProcess server, String code, Path folder)
      throws IOException, InterruptedException {
    try (AgentProcess agent =
        AgentProcess.start(
            Map.of("COMPUTERNAME", ENROLLED),
            "enrol",
            code,
            "--server",
            server.rmiAddress(),
            "--journal",
            journal(folder).toString())) {
      assertEquals(0, agent.awaitExit(), agent.output()::toString);
    }
  }

  /** Where the enrolled PC keeps its key and what it has sent. */
  static Path journal(Path folder) {
    return folder.resolve("journal");
  }

  static void store(StepwiseSender sender, String path, byte[] content) throws IOException {
    StepwiseSender.Sending sending = sender.offer(path, "image/jpeg", content);
    for (int part = 0; part < 4; part++) {
      sending.rest(part);
    }
    sending.finish();
  }

  private static byte[] picture(long seed, int size) {
    byte[] content = new byte[size];
    new Random(seed).nextBytes(content);
    byte[] head = "\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF\0".getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(head, 0, content, 0, head.length);
    return content;
  }

  @Override
  public void close() throws IOException {
    for (TcpClient client : clients) {
      client.close();
    }
    try (sender) {
      sender.end();
    } catch (EOFException e) {
      // On a slow machine the server has closed a connection that was silent for so long.
      assertTrue(server.isAlive());
    }
  }
}
