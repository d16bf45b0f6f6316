package org.acopio.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.acopio.config.Key;
import org.acopio.socket.TcpListener;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a container reads of the beans. */
class EndpointsTest {
  private static final String EXPRESSION = "\\$\\{acopio(\\.[a-z]+(-[a-z]+)*)+:[^}]+}";

  static Stream<Class<?>> endpoints() {
    return Stream.of(
        EchoEndpoint.class,
        EchoQueueEndpoint.class,
        ThreadSessionEndpoint.class,
        SelectorSessionEndpoint.class,
        IngestEndpoint.class);
  }

  private static Map<String, String> activation(Class<?> endpoint) {
    MessageDriven bean = endpoint.getAnnotation(MessageDriven.class);
    return Arrays.stream(bean.activationConfig())
        .collect(
            Collectors.toMap(
                ActivationConfigProperty::propertyName,
                ActivationConfigProperty::propertyValue,
                (one, other) -> {
                  throw new AssertionError("twice: " + one + ", " + other);
                },
                TreeMap::new));
  }

  @ParameterizedTest
  @MethodSource("endpoints")
  void beanIsOneThatTheContainerCanMake(Class<?> endpoint) throws Exception {
    assertEquals(
        TcpListener.class, endpoint.getAnnotation(MessageDriven.class).messageListenerInterface());
    for (Method method : TcpListener.class.getMethods()) {
      // The attribute of a class holds for the methods that it declares itself.
      Class<?> declaring =
          endpoint.getMethod(method.getName(), method.getParameterTypes()).getDeclaringClass();
      assertEquals(
          TransactionAttributeType.NOT_SUPPORTED,
          declaring.getAnnotation(TransactionAttribute.class).value());
    }
    assertTrue(Modifier.isPublic(endpoint.getModifiers()));
    assertTrue(!Modifier.isFinal(endpoint.getModifiers()));
    assertTrue(Modifier.isPublic(endpoint.getDeclaredConstructor().getModifiers()));
  }

  @ParameterizedTest
  @MethodSource("endpoints")
  void everyEndpointHasLimitsDeadlinesAndAnAddress(Class<?> endpoint) {
    Map<String, String> properties = activation(endpoint);
    for (String name :
        List.of(
            "ports",
            "bindAddress",
            "maxConnections",
            "maxConnectionsPerAddress",
            "firstByteTimeout",
            "idleTimeout",
            "drainTimeout",
            "proxyProtocol")) {
      assertTrue(
          properties.getOrDefault(name, "").matches(EXPRESSION),
          () -> name + " is " + properties.get(name));
    }
    assertEquals("raw", properties.get("framing"));
  }

  @ParameterizedTest
  @MethodSource("endpoints")
  void endpointsAreServedAsTheirNamesSay(Class<?> endpoint) {
    Map<String, String> properties = activation(endpoint);
    boolean thread = endpoint == ThreadSessionEndpoint.class;
    assertEquals(thread ? "thread" : "selector", properties.get("concurrency"));
    assertEquals(endpoint == EchoQueueEndpoint.class ? "1" : null, properties.get("eventLoops"));
  }

  /** The adapter resolves the expressions; the documented defaults are those of the keys. */
  @ParameterizedTest
  @MethodSource("endpoints")
  void expressionsHaveTheKeysAndDefaultsOfTheSettings(Class<?> endpoint) {
    Pattern expression = Pattern.compile("\\$\\{([^:]+):([^}]*)}");
    for (String value : activation(endpoint).values()) {
      Matcher found = expression.matcher(value);
      if (found.matches()) {
        assertTrue(
            Arrays.stream(Key.values())
                .anyMatch(
                    key ->
                        key.key().equals(found.group(1)) && key.fallback().equals(found.group(2))),
            value);
      }
    }
  }
}
