package org.acopio.client.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.acopio.client.send.SendException;
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
  void conversationEndsWithTheInput() {
    assertEquals(0, cli.piped("2\n").run("parity"));
    assertEquals("Enter a positive number:2 is Even\nEnter a positive number:\n", cli.out());
  }

  @Test
  void nobodyThereIsUnreachable() {
    cli.servers.fail(SendException.Kind.UNREACHABLE, "no server answers");
    assertEquals(3, cli.run("parity", "1"));
    assertEquals("acopio: no server answers\n", cli.err());
  }
}
