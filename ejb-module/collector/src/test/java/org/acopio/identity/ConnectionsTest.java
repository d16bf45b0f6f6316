package org.acopio.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
  private final Connections connections = new Connections();
  private final List<String> closed = new ArrayList<>();
  private final Runnable first = () -> closed.add("first");
  private final Runnable second = () -> closed.add("second");
  private final Runnable other = () -> closed.add("other");

  @Test
  void connectionsOfAnIdentityAreClosedOnceAndOthersNot() {
    connections.enter(1, first);
    connections.enter(1, second);
    connections.enter(2, other);
    connections.close(1);
    assertEquals(List.of("first", "second"), closed.stream().sorted().toList());
    connections.close(1);
    assertEquals(2, closed.size());
  }

  @Test
  void connectionThatLeftIsNotClosed() {
    connections.enter(1, first);
    connections.enter(1, second);
    connections.leave(1, first);
    connections.leave(2, second);
    connections.close(1);
    assertEquals(List.of("second"), closed);
    connections.leave(1, second);
    connections.enter(1, first);
    connections.leave(1, first);
    connections.close(1);
    assertEquals(List.of("second"), closed);
  }
}
