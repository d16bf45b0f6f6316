package org.acopio.web.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class BroadcastTest {
  private final Counter counter = new Counter();
  private final Broadcast broadcast = new Broadcast(counter);
  private long now;

  @Test
  void whoComesSeesWhatIsAtOnce() {
    Page page = new Page();
    broadcast.join(page.onlooker);
    assertEquals(List.of("{\"count\":0}"), page.seen);
  }

  @Test
  void aChangeReachesEveryPageAndNoChangeNone() {
    Page one = new Page();
    Page other = new Page();
    broadcast.join(one.onlooker);
    broadcast.join(other.onlooker);
    tick(1);
    counter.count = 7;
    tick(1);
    tick(1);
    assertEquals("{\"count\":7}", one.seen.get(one.seen.size() - 1));
    assertEquals(one.seen, other.seen);
    assertEquals(3, one.seen.size(), "the state at first, the first tick, the change");
  }

  @Test
  void withoutChangesThePageHearsThatTheServerIsThere() {
    Page page = new Page();
    broadcast.join(page.onlooker);
    tick(0);
    int before = page.seen.size();
    tick(4_999);
    assertEquals(before, page.seen.size());
    tick(1);
    assertEquals(before + 1, page.seen.size());
  }

  @Test
  void nobodyLooksAtATopicWithoutPages() {
    Page page = new Page();
    broadcast.join(page.onlooker);
    broadcast.leave(page.onlooker);
    int before = counter.asked;
    tick(10_000);
    assertEquals(before, counter.asked);
  }

  @Test
  void aSlowPageMissesWhatIsOldAndGetsTheNewest() {
    Page slow = new Page();
    slow.stalled = true;
    broadcast.join(slow.onlooker);
    for (int i = 1; i <= 1_000; i++) {
      counter.count = i;
      tick(500);
    }
    slow.goOn();
    assertEquals(List.of("{\"count\":0}", "{\"count\":1000}"), slow.seen);
  }

  @Test
  void aTopicThatFailsSaysSoAndComesBack() {
    Page page = new Page();
    broadcast.join(page.onlooker);
    counter.failing = true;
    tick(500);
    counter.failing = false;
    tick(500);
    assertEquals(List.of("{\"count\":0}", "{\"failed\":true}", "{\"count\":0}"), page.seen);
  }

  private void tick(long millis) {
    now += millis * 1_000_000;
    broadcast.tick(now);
  }

  private static final class Counter implements LiveTopic {
    private int count;
    private int asked;
    private boolean failing;

    @Override
    public String name() {
      return "counter";
    }

    @Override
    public JsonObject snapshot() {
      asked++;
      if (failing) {
        throw new IllegalStateException("this failure is part of the test");
      }
      return Json.createObjectBuilder().add("count", count).build();
    }
  }

  /** What a browser would get, over a connection that can stall. */
  private static final class Page {
    private final List<String> seen = new ArrayList<>();
    private final Deque<SendHandler> unsent = new ArrayDeque<>();
    private boolean stalled;
    private final Onlooker onlooker =
        new Onlooker(
            (RemoteEndpoint.Async)
                Proxy.newProxyInstance(
                    Page.class.getClassLoader(),
                    new Class<?>[] {RemoteEndpoint.Async.class},
                    (proxy, method, values) -> {
                      assertEquals("sendText", method.getName());
                      send((String) values[0], (SendHandler) values[1]);
                      return null;
                    }));

    private void send(String text, SendHandler done) {
      seen.add(text);
      if (stalled) {
        unsent.add(done);
      } else {
        done.onResult(new SendResult());
      }
    }

    void goOn() {
      stalled = false;
      while (!unsent.isEmpty()) {
        unsent.poll().onResult(new SendResult());
      }
    }
  }
}
