package org.acopio.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.acopio.parity.ParityCalls.Result;
import org.acopio.parity.ParityCalls.Transport;
import org.acopio.remote.Parity;
import org.acopio.remote.ParityException;
import org.junit.jupiter.api.Test;

class ParityCallsTest {
  private final ParityCalls calls = new ParityCalls();

  @Test
  void eachAnswerCountsForItsTransport() throws ParityException {
    assertEquals(Parity.EVEN, calls.over(Transport.REST).of("-8"));
    assertEquals(Parity.ODD, calls.over(Transport.RMI).of(7));
    assertEquals(Parity.ODD, calls.over(Transport.RMI).of("9"));
    assertEquals(1, calls.count(Transport.REST, Result.EVEN));
    assertEquals(0, calls.count(Transport.REST, Result.ODD));
    assertEquals(2, calls.count(Transport.RMI, Result.ODD));
    assertEquals(0, calls.count(Transport.XMLRPC, Result.ODD));
  }

  @Test
  void aBatchCountsEachOfItsNumbers() throws ParityException {
    calls.over(Transport.XMLRPC).of(List.of("1", "2", "4"));
    assertEquals(1, calls.count(Transport.XMLRPC, Result.ODD));
    assertEquals(2, calls.count(Transport.XMLRPC, Result.EVEN));
  }

  @Test
  void refusalsCountOnceACall() {
    ParityCalls.Counted rmi = calls.over(Transport.RMI);
    assertThrows(ParityException.class, () -> rmi.of("seven"));
    assertThrows(ParityException.class, () -> rmi.of(List.of("1", "", "3")));
    rmi.refuse();
    assertEquals(3, calls.count(Transport.RMI, Result.REFUSED));
    assertEquals(0, calls.count(Transport.RMI, Result.ODD));
  }
}
