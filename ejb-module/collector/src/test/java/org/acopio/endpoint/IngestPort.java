package org.acopio.endpoint;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.ObjectName;
import org.acopio.identity.Identities;
import org.acopio.ingest.Ingest;
import org.acopio.session.SessionHistory;
import org.acopio.session.SessionKind;
import org.acopio.session.Sessions;
import org.acopio.socket.TcpListener;
import org.acopio.socket.adapter.TcpActivationSpec;
import org.acopio.socket.adapter.TcpResourceAdapter;

/**
 * The ingest endpoint on a free port of the real adapter, without a container: activated as its
 * annotation says.
 */
public final class IngestPort implements AutoCloseable {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final TcpResourceAdapter adapter = new TcpResourceAdapter();
  private final Sessions sessions = new Sessions(SessionHistory.NONE);
  private final String name = "ingest-" + NUMBER.incrementAndGet();

  /** Opens a port on loopback. */
  public IngestPort(Ingest ingest) throws Exception {
    this(ingest, Map.of());
  }

  /** Opens a port with some properties other than those of the annotation, for plain clients. */
  public IngestPort(Ingest ingest, Map<String, String> changed) throws Exception {
    this(
        ingest,
        plain(changed),
        () -> {
          throw new AssertionError("nobody comes with TLS");
        });
  }

  private static Map<String, String> plain(Map<String, String> changed) {
    Map<String, String> properties = new TreeMap<>(changed);
    properties.put("tls", "off");
    return properties;
  }

  /** Opens a port for enrolled PCs, too. */
  public IngestPort(Ingest ingest, Map<String, String> changed, Supplier<Identities> identities)
      throws Exception {
    Map<String, String> properties = new TreeMap<>();
    for (ActivationConfigProperty property :
        IngestEndpoint.class.getAnnotation(MessageDriven.class).activationConfig()) {
      properties.put(property.propertyName(), property.propertyValue());
    }
    properties.putAll(Map.of("name", name, "ports", "0", "drainTimeout", "PT1S"));
    properties.putAll(changed);
    adapter.start(container(BootstrapContext.class));
    Reception reception =
        new Reception(SessionKind.INGEST, sessions, System.getLogger(IngestPort.class.getName()));
    adapter.endpointActivation(
        beans(new IngestService(ingest, reception, identities)), spec(properties));
  }

  /** The port that is open. */
  public int port() throws JMException {
    ObjectName pattern = new ObjectName("org.acopio.socket:type=Endpoint,name=" + name + ",*");
    ObjectName found =
        ManagementFactory.getPlatformMBeanServer().queryNames(pattern, null).iterator().next();
    return (Integer) ManagementFactory.getPlatformMBeanServer().getAttribute(found, "Port");
  }

  @Override
  public void close() {
    adapter.stop();
    sessions.close();
  }

  private static TcpActivationSpec spec(Map<String, String> properties) throws Exception {
    TcpActivationSpec spec = new TcpActivationSpec();
    Map<String, Method> setters = new TreeMap<>();
    for (PropertyDescriptor property :
        Introspector.getBeanInfo(TcpActivationSpec.class).getPropertyDescriptors()) {
      setters.put(property.getName(), property.getWriteMethod());
    }
    for (Map.Entry<String, String> one : properties.entrySet()) {
      setters.get(one.getKey()).invoke(spec, one.getValue());
    }
    spec.validate();
    return spec;
  }

  /** Gives beans as a container does: each also a {@code MessageEndpoint}. */
  private static MessageEndpointFactory beans(TcpListener service) {
    return (MessageEndpointFactory)
        Proxy.newProxyInstance(
            IngestPort.class.getClassLoader(),
            new Class<?>[] {MessageEndpointFactory.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "createEndpoint" -> endpoint(service);
                  case "isDeliveryTransacted" -> false;
                  case "equals" -> proxy == arguments[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static Object endpoint(TcpListener service) {
    return Proxy.newProxyInstance(
        IngestPort.class.getClassLoader(),
        new Class<?>[] {TcpListener.class, MessageEndpoint.class},
        (proxy, method, arguments) ->
            method.getDeclaringClass() == TcpListener.class
                ? invoke(method, service, arguments)
                : null);
  }

  private static Object invoke(Method method, Object on, Object[] arguments) throws Throwable {
    try {
      return method.invoke(on, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** A part of the container that this adapter does without. */
  private static <T> T container(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            IngestPort.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              throw new ResourceException("not needed: " + method);
            }));
  }
}
