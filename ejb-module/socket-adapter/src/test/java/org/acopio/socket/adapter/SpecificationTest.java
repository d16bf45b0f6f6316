package org.acopio.socket.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.IllegalStateException;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapter;
import java.beans.Introspector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import javax.transaction.xa.XAResource;
import org.acopio.socket.TcpEndpointMXBean;
import org.acopio.socket.settings.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Jakarta Connectors 2.1 asks of an adapter for inbound communication. */
class SpecificationTest {
  @Test
  @DisplayName("5.3.3 ActivationSpec JavaBean: the association with the adapter never changes")
  void aSpecIsTiedToOneAdapterOnly() throws Exception {
    TcpActivationSpec spec = Adapter.spec();
    ResourceAdapter first = new TcpResourceAdapter();
    spec.setResourceAdapter(first);
    spec.setResourceAdapter(first);
    assertSame(first, spec.getResourceAdapter());
    assertThrows(
        IllegalStateException.class, () -> spec.setResourceAdapter(new TcpResourceAdapter()));
  }

  @Test
  @DisplayName("5.3.4.2 Phase Two: stop closes network endpoints and relinquishes threads")
  void stopFreesEverythingThoughNothingWasDeactivated() throws Exception {
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(RecordingListener.echo());
      try (Socket client = Adapter.connect(endpoint)) {
        client.getOutputStream().write('s');
        assertEquals('s', client.getInputStream().read());
        adapter.adapter.stop();
        assertEquals(-1, client.getInputStream().read());
      }
    }
  }

  @Test
  @DisplayName("5.3.5 Requirements: nothing but start may be called before start")
  void anActivationBeforeTheStartIsRefused() {
    TcpResourceAdapter adapter = new TcpResourceAdapter();
    ResourceException refused =
        assertThrows(
            ResourceException.class,
            () ->
                adapter.endpointActivation(
                    new FakeContainer(new RecordingListener()), Adapter.spec()));
    assertTrue(refused.getMessage().startsWith("ACOPIO-SOCKET-005: "), refused.getMessage());
  }

  @Test
  @DisplayName("13.3 Message Inflow Model: wrong activation information is NotSupportedException")
  void aForeignSpecIsRefused() throws Exception {
    try (Adapter adapter = new Adapter()) {
      ActivationSpec foreign = new ForeignSpec();
      FakeContainer container = new FakeContainer(new RecordingListener());
      assertThrows(
          NotSupportedException.class,
          () -> adapter.adapter.endpointActivation(container, foreign));
    }
  }

  @Test
  @DisplayName("13.3 Message Inflow Model: UnavailableException is tried again")
  void connectionsWaitUntilTheContainerGivesABean() throws Exception {
    try (Adapter adapter = new Adapter()) {
      FakeContainer container = adapter.container(RecordingListener.echo()).refusing(3);
      adapter.activate(container, Adapter.spec());
      try (Socket early = Adapter.connect(Adapter.figures("test").get(0))) {
        early.getOutputStream().write('e');
        assertEquals('e', early.getInputStream().read());
      }
      assertEquals(0, container.refusals.get());
    }
  }

  @Test
  @DisplayName("13.3 Message Inflow Model: an activation may end while the bean is unavailable")
  void anActivationThatNeverGotABeanEnds() throws Exception {
    try (Adapter adapter = new Adapter()) {
      FakeContainer container = adapter.container(RecordingListener.echo()).refusing(100_000);
      TcpActivationSpec spec = Adapter.spec();
      adapter.activate(container, spec);
      adapter.adapter.endpointDeactivation(container, spec);
      assertEquals(0, container.created.get());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "worker", "thread"})
  @DisplayName("13.6 Transacted delivery: beforeDelivery and afterDelivery surround each call")
  void aTransactedDeliveryIsAnnounced(String kind) throws Exception {
    RecordingListener echo = RecordingListener.echo();
    try (Adapter adapter = new Adapter()) {
      FakeContainer container = adapter.container(echo).transacting("message");
      adapter.activate(container, Adapter.spec(Kinds.of(kind)));
      try (Socket client = Adapter.connect(Adapter.figures("test").get(0))) {
        client.getOutputStream().write('t');
        assertEquals('t', client.getInputStream().read());
      }
      echo.reasons.take();
      assertEquals(List.of("before message", "after message"), container.calls);
    }
  }

  @Test
  @DisplayName("13.6 Transacted delivery: afterDelivery follows also when the listener threw")
  void aTransactionThatFailedIsEnded() throws Exception {
    RecordingListener failing =
        new RecordingListener() {
          @Override
          public void message(
              org.acopio.socket.TcpConnection connection, java.nio.ByteBuffer message) {
            throw new IllegalArgumentException("on purpose");
          }
        };
    try (Adapter adapter = new Adapter()) {
      FakeContainer container = adapter.container(failing).transacting("message");
      adapter.activate(container, Adapter.spec());
      try (Socket client = Adapter.connect(Adapter.figures("test").get(0))) {
        client.getOutputStream().write('t');
        assertEquals(-1, client.getInputStream().read());
      }
      assertEquals(List.of("before message", "after message"), container.calls);
    }
  }

  @Test
  @DisplayName("13.3 Message Inflow Model: endpoints are created lazily and reused")
  void manyConnectionsOfOneLoopShareOneEndpoint() throws Exception {
    try (Adapter adapter = new Adapter()) {
      FakeContainer container = adapter.container(RecordingListener.echo());
      adapter.activate(container, Adapter.spec("eventLoops", "1"));
      for (int i = 0; i < 50; i++) {
        try (Socket client = Adapter.connect(Adapter.figures("test").get(0))) {
          client.getOutputStream().write('r');
          assertEquals('r', client.getInputStream().read());
        }
      }
      assertEquals(2, container.created.get(), "one to see whether it is ready, one for the loop");
    }
  }

  @Test
  @DisplayName("13.4.2.2 ActivationSpec JavaBean: validate names what is wrong")
  void validateNamesThePropertyItsValueAndWhatIsAllowed() {
    TcpActivationSpec spec = Adapter.spec("maxFrameBytes", "many");
    InvalidPropertyException wrong = assertThrows(InvalidPropertyException.class, spec::validate);
    assertEquals(
        "ACOPIO-SOCKET-002: property 'maxFrameBytes' is 'many'; it must be a whole number from 1 to"
            + " 268435456",
        wrong.getMessage());
    assertEquals("maxFrameBytes", wrong.getInvalidPropertyDescriptors()[0].getName());
  }

  @Test
  @DisplayName("13.4.2.2 ActivationSpec JavaBean: no live adapter is needed")
  void aSpecIsValidWithoutAnAdapter() {
    assertDoesNotThrow(Adapter.spec()::validate);
  }

  @Test
  @DisplayName("13.4.4 Application Server: activation is ended by the same factory and spec")
  void deactivationOfWhatIsNotActiveIsHarmless() throws Exception {
    try (Adapter adapter = new Adapter()) {
      TcpEndpointMXBean endpoint = adapter.activate(RecordingListener.echo());
      adapter.adapter.endpointDeactivation(
          new FakeContainer(new RecordingListener()), Adapter.spec());
      assertEquals("test", endpoint.getName());
    }
  }

  @Test
  @DisplayName("13.4.4 Application Server: the same activation cannot be begun twice")
  void aSecondActivationOfTheSameIsRefused() throws Exception {
    try (Adapter adapter = new Adapter()) {
      FakeContainer container = adapter.container(RecordingListener.echo());
      TcpActivationSpec spec = Adapter.spec();
      adapter.activate(container, spec);
      ResourceException refused =
          assertThrows(ResourceException.class, () -> adapter.activate(container, spec));
      assertTrue(refused.getMessage().startsWith("ACOPIO-SOCKET-006: "), refused.getMessage());
    }
  }

  @Test
  @DisplayName("JavaBean Requirements: properties with getter, setter and default; serializable")
  void aSpecIsASerializableJavaBean() throws Exception {
    List<String> properties =
        Arrays.stream(Introspector.getBeanInfo(TcpActivationSpec.class).getPropertyDescriptors())
            .filter(property -> property.getPropertyType() == String.class)
            .peek(property -> assertNotNull(property.getReadMethod(), property.getName()))
            .peek(property -> assertNotNull(property.getWriteMethod(), property.getName()))
            .map(property -> property.getName())
            .sorted()
            .toList();
    assertEquals(Arrays.stream(Property.values()).map(Property::key).sorted().toList(), properties);
    TcpActivationSpec spec = Adapter.spec("maxFrameBytes", "77");
    assertEquals("77", copy(spec).getMaxFrameBytes());
  }

  private static TcpActivationSpec copy(TcpActivationSpec spec) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(spec);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (TcpActivationSpec) in.readObject();
    }
  }

  @Test
  @DisplayName("ResourceAdapter JavaBean: equal configuration makes equal adapters, specs are not")
  void adaptersAreEqualAndSpecsAreThemselves() {
    assertEquals(new TcpResourceAdapter(), new TcpResourceAdapter());
    assertEquals(new TcpResourceAdapter().hashCode(), new TcpResourceAdapter().hashCode());
    assertNotEquals(Adapter.spec(), Adapter.spec());
  }

  @Test
  @DisplayName("ResourceAdapter.getXAResources: no transactional resource, no recovery")
  void thereIsNothingToRecover() {
    assertArrayEquals(
        new XAResource[0],
        new TcpResourceAdapter().getXAResources(new ActivationSpec[] {Adapter.spec()}));
  }

  private static final class ForeignSpec implements ActivationSpec {
    @Override
    public void validate() {}

    @Override
    public ResourceAdapter getResourceAdapter() {
      throw new AssertionError("nobody asks");
    }

    @Override
    public void setResourceAdapter(ResourceAdapter adapter) {}
  }
}
