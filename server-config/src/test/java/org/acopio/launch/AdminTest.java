package org.acopio.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against a server that answers as docs/protocols.md has it. */
class AdminTest {
  private static final String SESSIONS =
      """
      {"kinds":{"echo":1,"echo-queue":0,"rmi":1},"matching":2,"sessions":[
      {"number":7,"kind":"echo","address":"127.0.0.1","port":5000,"localPort":9999,
       "opened":"2026-11-21T17:00:00.5Z","seconds":7.999,"messages":3,"bytesRead":30,
       "bytesWritten":31,"state":"open","detail":""},
      {"number":12,"kind":"rmi","address":"0:0:0:0:0:0:0:1","port":50001,"localPort":1099,
       "opened":"2026-11-18T12:55:00Z","seconds":273906.2,"messages":40,"bytesRead":1048576,
       "bytesWritten":5,"state":"closing","detail":"PC"}]}""";

  private static final String NONE = "{\"kinds\":{\"echo\":0},\"matching\":0,\"sessions\":[]}";

  @TempDir Path data;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private HttpServer server;
  private Admin admin;

  @BeforeEach
  void start() throws IOException {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    server.createContext("/", this::answer);
    server.start();
    Files.writeString(data.resolve("server.lock"), Long.toString(ProcessHandle.current().pid()));
    Files.writeString(data.resolve("admin-token"), "secret\n");
    AdminUrl.write(data, loopback, server.getAddress().getPort());
    admin =
        new Admin(
            new AdminClient(AdminAccess.find(data)),
            new PrintStream(printed, true, StandardCharsets.UTF_8),
            ZoneOffset.UTC);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String asks = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    asked.add(asks);
    boolean known = "Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
    String body =
        switch (asks) {
          case "GET /api/sessions?offset=0&limit=1000",
              "GET /api/sessions?offset=0&limit=1&kind=echo",
              "GET /api/sessions?offset=0&limit=1" ->
              SESSIONS;
          case "GET /api/sessions?offset=2&limit=1000" -> NONE;
          case "GET /api/sessions/7" ->
              "{\"number\":7,\"kind\":\"echo\",\"address\":\"127.0.0.1\",\"port\":5000}";
          case "DELETE /api/sessions/7" -> "{\"closing\":1}";
          case "DELETE /api/sessions?kind=echo" -> "{\"closing\":2}";
          case "DELETE /api/sessions" -> "{\"closing\":3}";
          case "GET /api/sessions/8" -> "{\"status\":404,\"detail\":\"there is no session 8\"}";
          case "POST /api/enrolment-codes" ->
              """
              {"number":2,"made":"2026-11-21T13:18:02.7Z","by":"local","uses":0,"mostUses":1,
               "expires":"2026-11-28T13:18:02.7Z","invites":true,"code":"AAAAA-BBBBB",
               "server":"192.0.2.1"}""";
          case "GET /api/enrolment-codes" ->
              """
              {"codes":[{"number":2,"made":"2026-11-21T13:18:02.7Z","by":"ana","uses":1,"mostUses":9,
               "expires":"2026-11-28T13:18:02.7Z","invites":false,
               "takenBack":"2026-11-22T13:18:02.7Z"},
               {"number":1,"made":"2026-11-21T13:18:02.7Z","by":"system","uses":0,
               "expires":"2026-12-21T13:18:02.7Z","invites":true}]}""";
          case "DELETE /api/enrolment-codes/2" -> "{\"number\":2}";
          case "GET /api/identities?offset=0&limit=1000" ->
              """
              {"matching":2,"identities":[
              {"number":2,"agent":"60303ae22b998861","hostName":"pc-2","version":"1",
               "issued":"2026-11-21T13:18:02.7Z","seen":"2026-11-21T13:18:02.7Z",
               "address":"192.0.2.8","rekeyWanted":true,"valid":true,"parent":1},
              {"number":1,"agent":"70303ae22b998861","hostName":"pc-1","version":"1",
               "issued":"2026-11-21T13:18:02.7Z","seen":"2026-11-21T13:18:02.7Z",
               "address":"192.0.2.7","rekeyWanted":false,"valid":false,
               "ended":"2026-11-22T13:18:02.7Z","why":"revoked"}]}""";
          case "GET /api/identities?offset=2&limit=1000" -> "{\"matching\":2,\"identities\":[]}";
          case "DELETE /api/identities/7" -> "{\"number\":7,\"valid\":false}";
          case "POST /api/identities/7/rekey" -> "{\"number\":7,\"rekeyWanted\":true}";
          default -> "<html>";
        };
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    int status = known && !body.contains("404") && !body.equals("<html>") ? 200 : 404;
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private void close(String target, String answer, boolean ask) {
    admin.close(target, new BufferedReader(new StringReader(answer)), ask);
  }

  @Test
  void everySessionIsARowOfATable() {
    admin.sessions();
    assertEquals(
        """
        NUMBER  KIND  CLIENT                   SINCE                        FOR  MESSAGES     READ  WRITTEN  STATE
             7  echo  127.0.0.1:5000           2026-11-21 17:00:00      0:00:07         3       30       31  open
            12  rmi   [0:0:0:0:0:0:0:1]:50001  2026-11-18 12:55:00  3 d 4:05:06        40  1048576        5  closing
        2 sessions.
        """,
        printed());
  }

  @Test
  void closingOneNamesItAndAsksFirst() {
    close("7", "y\n", true);
    assertEquals("Close session 7 (echo, 127.0.0.1:5000)? [y/N] Closing 1 session.\n", printed());
    assertEquals(List.of("GET /api/sessions/7", "DELETE /api/sessions/7"), asked);
  }

  @Test
  void nothingIsClosedUnlessThePersonSaysYes() {
    for (String answer : List.of("", "\n", "n\n", "7\n")) {
      close("all", answer, true);
    }
    assertFalse(asked.toString().contains("DELETE"), asked::toString);
    assertTrue(printed().endsWith("Nothing closed.\n"), this::printed);
  }

  @Test
  void kindAndAllAreClosedWithoutAskingWhenNobodyIsThere() {
    close("echo", "", false);
    close("all", "", false);
    assertEquals("Closing 2 sessions.\nClosing 3 sessions.\n", printed());
  }

  @Test
  void codeIsPrintedOnceWithWhatToTypeOnThePc() {
    admin.enrolCode(CodeOptions.parse("7", "1"));
    assertEquals(
        """
        Enrolment code 2, for 1 PC until 2026-11-28 (shown only now). On the PC:
          acopio enrol AAAAA-BBBBB --server 192.0.2.1
        """,
        printed());
  }

  @Test
  void codesAndIdentitiesAreARowEach() {
    admin.codes();
    admin.removeCode("2");
    admin.identities();
    admin.revoke("7");
    admin.rekey("7");
    assertEquals(
        """
        2  over     until 2026-11-28  used 1, for 9 PCs  by ana  taken back 2026-11-22
        1  invites  until 2026-12-21  used 0, for any number of PCs  by system
        Code 2 invites nobody any more; PCs that came with it stay.
        2  rekey wanted  pc-2  60303ae22b99  seen 2026-11-21 192.0.2.8  from 1
        1  revoked 2026-11-22  pc-1  70303ae22b99  seen 2026-11-21 192.0.2.7
        Identity 7 is worthless now; the PC needs a new code.
        The PC of identity 7 will make a new key at its next run.
        """,
        printed());
  }

  @Test
  void serversOwnWordsSayWhyItRefuses() {
    var refused = assertThrows(AdminException.class, () -> close("8", "", false));
    assertEquals("The server refuses: there is no session 8.", refused.getMessage());
    assertEquals(1, refused.exitCode());
  }

  @Test
  void anotherProgramOnThePortIsNoServer() {
    var refused = assertThrows(AdminException.class, () -> close("bogus", "", false));
    assertTrue(refused.getMessage().contains("no Acopio server"), refused::getMessage);
  }

  @Test
  void serverThatDoesNotAnswerIsTold() {
    server.stop(0);
    var refused = assertThrows(AdminException.class, admin::sessions);
    assertTrue(refused.getMessage().contains("does not answer"), refused::getMessage);
    assertEquals(1, refused.exitCode());
  }

  @Test
  void folderWithoutAServerHasAnExitCodeOfItsOwn() throws IOException {
    assertNoServer(data.resolve("nothing"));
    Files.delete(data.resolve("admin-url"));
    assertNoServer(data);
    AdminUrl.write(data, InetAddress.getByName("0.0.0.0"), 8_000);
    assertEquals(
        URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":8000/"),
        AdminUrl.read(data));
    Files.writeString(data.resolve("server.lock"), Long.toString(Long.MAX_VALUE));
    assertNoServer(data);
  }

  private static void assertNoServer(Path folder) {
    var refused = assertThrows(AdminException.class, () -> AdminAccess.find(folder));
    assertEquals(3, refused.exitCode());
    assertTrue(refused.getMessage().startsWith("No Acopio server runs on " + folder));
  }

  @Test
  void ipv6AddressIsAUrl() throws IOException {
    AdminUrl.write(data, InetAddress.getByName("::1"), 8_000);
    assertEquals("[0:0:0:0:0:0:0:1]", AdminUrl.read(data).getHost());
    AdminUrl.delete(data);
    assertFalse(Files.exists(data.resolve("admin-url")));
  }
}
