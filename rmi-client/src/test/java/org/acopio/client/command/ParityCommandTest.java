package org.acopio.client.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.acopio.client.send.ParityRefusedException;
import org.acopio.client.send.ParityRefusedException.Reason;
import org.acopio.client.send.SendException;
import org.acopio.client.send.ServerTrouble;
import org.junit.jupiter.api.Test;

class ParityCommandTest {
  private final Cli cli = new Cli();

  @Test
  void answersEachNumberOnALineOfItsOwn() {
    assertEquals(0, cli.spanish().run("parity", "4", "7", "-3", "0", "-2"));
    assertEquals("4 es Par\n7 es Impar\n-3 es Impar\n0 es Par\n-2 es Par\n", cli.out());
    assertEquals(0, cli.servers.open);
  }

  @Test
  void speaksEnglishToo() {
    assertEquals(0, cli.run("parity", "--server", "x:5", "+08"));
    assertEquals("8 is Even\n", cli.out());
    assertEquals("x:5", String.valueOf(cli.servers.address));
  }

  @Test
  void numbersMayBeOfAnyLength() {
    String hundred = "9".repeat(100);
    assertEquals(0, cli.run("parity", hundred));
    assertEquals(hundred + " is Odd\n", cli.out());
    assertEquals(List.of(hundred), cli.servers.asked);
  }

  @Test
  void numbersLongerThanAServerTakesAreAskedByTheirEnd() {
    String huge = "1".repeat(1_000_001) + "2";
    assertEquals(0, cli.piped(huge + "\n-1\n").run("parity"));
    assertTrue(cli.out().endsWith("12 is Even\nEnter a positive number:The end!!\n"));
    assertEquals(List.of("1".repeat(17) + "2"), cli.servers.asked);
  }

  @Test
  void wordsAreUsageErrorsAndNobodyIsAsked() {
    assertEquals(2, cli.run("parity", "4", "abc"));
    assertEquals("acopio: 'abc' is not a whole number; write digits, such as 42\n", cli.err());
    assertEquals("", cli.out());
    assertEquals(List.of(), cli.servers.asked);
    for (String bad : new String[] {"", "-", "+", "1.5", "1e3", "٣", "4 2", "0x10", "--5"}) {
      assertEquals(2, cli.run("parity", bad), bad);
    }
  }

  @Test
  void conversationGoesAsItAlwaysDid() {
    cli.spanish().piped("4\n0\nabc\n 7 \n-1\n8\n");
    assertEquals(0, cli.run("parity"));
    assertEquals(
        "Ingresa un Número positivo:4 es Par\n"
            + "Ingresa un Número positivo:"
            + "Ingresa un Número positivo:'abc' no es un número entero; escriba cifras, como 42\n"
            + "Ingresa un Número positivo:7 es Impar\n"
            + "Ingresa un Número positivo:Fin !!\n",
        cli.out());
    assertEquals(List.of("4", "7"), cli.servers.asked);
  }

  @Test
  void zeroAsksAgainHoweverItIsWritten() {
    assertEquals(0, cli.spanish().piped("0\n-0\n+000\r\n-0001\n").run("parity"));
    assertEquals("Ingresa un Número positivo:".repeat(4) + "Fin !!\n", cli.out());
    assertEquals(List.of(), cli.servers.asked);
  }

  @Test
  void conversationTakesNumbersOfAnyLength() {
    String odd = "1234567890".repeat(20) + "7";
    assertEquals(0, cli.spanish().piped(odd + "\n-" + odd + "\n").run("parity"));
    assertEquals(
        "Ingresa un Número positivo:" + odd + " es Impar\nIngresa un Número positivo:Fin !!\n",
        cli.out());
  }

  @Test
  void conversationSaysWhatIsWrongAndGoesOn() {
    String bad = "\u001b[2J" + "x".repeat(200);
    assertEquals(0, cli.piped("\nabc\n" + bad + "\n2").run("parity"));
    String prompt = "Enter a positive number:";
    String wrong = " is not a whole number; write digits, such as 42\n";
    assertEquals(
        prompt
            + ("''" + wrong + prompt)
            + ("'abc'" + wrong + prompt)
            + ("'\\x1b[2J" + "x".repeat(73) + "…'" + wrong + prompt)
            + ("2 is Even\n" + prompt + "\n"),
        cli.out());
    assertEquals("", cli.err());
    assertEquals(List.of("2"), cli.servers.asked);
  }

  @Test
  void conversationEndsWithTheInput() {
    assertEquals(0, cli.piped("2\n").run("parity"));
    assertEquals("Enter a positive number:2 is Even\nEnter a positive number:\n", cli.out());
  }

  @Test
  void numbersThatTheServerDoesNotTakeAreToldInThePersonsLanguage() {
    Reason reason = Reason.TOO_LONG;
    cli.servers.refusal = new ParityRefusedException(reason, "the number has too many", null);
    assertEquals(4, cli.spanish().run("parity", "12"));
    assertEquals(
        "acopio: el número 12 tiene más de las 1000000 cifras que el servidor acepta; escriba uno"
            + " más corto\n",
        cli.err());
    assertEquals(4, cli.piped("12\n").run("parity"));
  }

  @Test
  void nobodyThereIsUnreachable() {
    cli.servers.fail(SendException.Kind.UNREACHABLE, ServerTrouble.Code.NOT_ACOPIO);
    assertEquals(3, cli.run("parity", "1"));
    String trouble =
        "acopio: what answers at store:77 is no Acopio server, or one that is still starting;"
            + " check the address";
    assertEquals(
        trouble
            + ". Waiting for it up to 9 s more (Ctrl-C stops); next try in 0.250 s (attempt 1)\n"
            + trouble
            + " (tried 3 times in 9 s)\n",
        cli.err());
  }
}
