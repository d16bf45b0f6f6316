package org.acopio.client.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.acopio.client.send.FakeCollector.Limits;
import org.acopio.remote.FileCollector;
import org.acopio.remote.Parity;
import org.acopio.remote.ParityException;
import org.acopio.remote.ParityService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServerConnectionTest {
  private FakeServer server;
  private ServerConnection connection;

  @BeforeEach
  void connect() throws Exception {
    FakeCollector collector =
        new FakeCollector(Limits.USUAL, (path, size) -> FakeContent.held(size));
    server =
        FakeServer.start(
            Map.of(FileCollector.NAME, collector, ParityService.NAME, new LastDigit()));
    connection =
        ServerConnection.open(
            server.address(), SenderFixture.NOWHERE, Duration.ofSeconds(10), new SendListener() {});
  }

  @AfterEach
  void disconnect() {
    connection.close();
    server.close();
    assertEquals(0, Dialer.install().sockets());
  }

  @Test
  void statusTellsWhatTheServerIsAndHowFast() throws Exception {
    ServerStatus status = connection.status();
    assertEquals("0-fake", status.version());
    assertEquals("store-1", status.storeId());
    assertTrue(status.compatible());
    assertTrue(status.fastestCall().compareTo(status.medianCall()) <= 0);
  }

  @Test
  void parityIsAskedForNumbersAndForText() throws Exception {
    assertEquals(Evenness.ODD, connection.evenness(-3));
    assertEquals(
        List.of(Evenness.EVEN, Evenness.ODD), connection.evenness(new long[] {0, Long.MAX_VALUE}));
    assertEquals(Evenness.EVEN, connection.evenness("-10000000000000000000000000000"));
    assertEquals(List.of(Evenness.ODD, Evenness.EVEN), connection.evenness(List.of("7", "8")));
    assertEquals("Par", Evenness.EVEN.word());
  }

  @Test
  void aRefusalIsTypedAndKeepsTheServersWords() {
    ParityRefusedException e =
        assertThrows(ParityRefusedException.class, () -> connection.evenness("seven"));
    assertEquals(ParityRefusedException.Reason.NOT_AN_INTEGER, e.reason());
    assertEquals("'seven' is no integer", e.getMessage());
  }

  @Test
  void aServerThatWasStartedAnewIsFoundAgain() throws Exception {
    connection.status();
    server.stop();
    server.start();
    assertEquals("store-1", connection.status().storeId());
    assertEquals(Evenness.EVEN, connection.evenness(2));
  }

  @Test
  void aServerThatIsGoneIsReported() throws Exception {
    server.stop();
    SendException e = assertThrows(SendException.class, connection::status);
    assertEquals(SendException.Kind.UNREACHABLE, e.kind());
    server.start();
  }

  @Test
  void aServerThatNeverComesIsGivenUpAfterPatience() throws Exception {
    ServerAddress nobody = new ServerAddress("127.0.0.1", FakeServer.freePort());
    Recorder heard = new Recorder();
    SendException e =
        assertThrows(
            SendException.class,
            () ->
                ServerConnection.open(
                    nobody, SenderFixture.NOWHERE, Duration.ofMillis(300), heard));
    assertEquals(SendException.Kind.UNREACHABLE, e.kind());
    assertTrue(heard.waits.size() > 0);
  }

  /** Looks at the last digit. */
  private static final class LastDigit implements ParityService {
    @Override
    public boolean isEven(long n) {
      return n % 2 == 0;
    }

    @Override
    public boolean[] areEven(long[] numbers) {
      boolean[] answers = new boolean[numbers.length];
      for (int i = 0; i < numbers.length; i++) {
        answers[i] = isEven(numbers[i]);
      }
      return answers;
    }

    @Override
    public Parity parityOf(String decimal) throws ParityException {
      if (!decimal.matches("[+-]?[0-9]+")) {
        throw new ParityException(
            ParityException.Reason.NOT_AN_INTEGER, "'" + decimal + "' is no integer");
      }
      return isEven(decimal.charAt(decimal.length() - 1)) ? Parity.EVEN : Parity.ODD;
    }

    @Override
    public List<Parity> paritiesOf(List<String> decimals) throws ParityException {
      Parity[] answers = new Parity[decimals.size()];
      for (int i = 0; i < answers.length; i++) {
        answers[i] = parityOf(decimals.get(i));
      }
      return List.of(answers);
    }
  }
}
