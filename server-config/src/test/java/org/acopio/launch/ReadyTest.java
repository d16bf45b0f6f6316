package org.acopio.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadyTest {

  @Test
  void saysTheAddresses() {
    assertEquals(
        "Acopio ready in 4.1 s: http://127.0.0.1:8000/ · rmi://127.0.0.1:1099/ · echo 4000,9999 · data "
            + Path.of("/srv/x"),
        Ready.line(
            Duration.ofMillis(4100), "127.0.0.1", 8000, 1099, "echo 4000,9999", Path.of("/srv/x")));
  }

  @Test
  void bracketsAnAddressOfIpVersion6() {
    assertEquals(
        "Acopio ready in 0.5 s: http://[::1]:80/ · rmi://[::1]:1/ · data " + Path.of("/x"),
        Ready.line(Duration.ofMillis(500), "::1", 80, 1, "", Path.of("/x")));
  }
}
