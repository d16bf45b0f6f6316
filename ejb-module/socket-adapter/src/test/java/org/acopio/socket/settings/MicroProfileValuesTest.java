package org.acopio.socket.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigBuilder;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Expressions in a container that has MicroProfile Config, and in one that has not. */
class MicroProfileValuesTest {
  private static String resolve(String value) {
    return Expressions.ofThisJvm().resolve(Property.PORTS, value);
  }

  @AfterEach
  void withoutConfigAgain() {
    ConfigProviderResolver.setInstance(null);
  }

  @Test
  void aKeyOfMicroProfileConfigIsResolved() {
    ConfigProviderResolver.setInstance(new Container(Map.of("acopio.test.ports", "7001,7002")));
    assertEquals("7001,7002", resolve("${acopio.test.ports:9999}"));
    assertEquals("7001,7002", resolve("${acopio.test.ports}"));
    assertEquals("9999", resolve("${acopio.test.other:9999}"));
  }

  @Test
  void aSystemPropertyStillComesFirst() {
    ConfigProviderResolver.setInstance(new Container(Map.of("java.version", "of the config")));
    assertEquals(System.getProperty("java.version"), resolve("${java.version}"));
  }

  @Test
  void withoutItsImplementationOrWithoutConfigurationDefaultsHold() {
    assertEquals("9999", resolve("${acopio.test.ports:9999}"));
    ConfigProviderResolver.setInstance(new Container(null));
    assertEquals("9999", resolve("${acopio.test.ports:9999}"));
    assertThrows(InvalidSettingException.class, () -> resolve("${acopio.test.ports}"));
  }

  /** What a container puts in place; without values it has no configuration for us. */
  private static final class Container extends ConfigProviderResolver {
    private final @Nullable Map<String, String> values;

    Container(@Nullable Map<String, String> values) {
      this.values = values;
    }

    @Override
    public Config getConfig() {
      return getConfig(Thread.currentThread().getContextClassLoader());
    }

    @Override
    public Config getConfig(ClassLoader loader) {
      if (values == null) {
        throw new IllegalStateException("no configuration for this class loader");
      }
      return new Values(values);
    }

    @Override
    public ConfigBuilder getBuilder() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void registerConfig(Config config, ClassLoader loader) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void releaseConfig(Config config) {
      throw new UnsupportedOperationException();
    }
  }

  private record Values(Map<String, String> values) implements Config {
    @Override
    public <T> T getValue(String name, Class<T> type) {
      return getOptionalValue(name, type).orElseThrow();
    }

    @Override
    public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
      return Optional.ofNullable(values.get(name)).map(type::cast);
    }

    @Override
    public ConfigValue getConfigValue(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Iterable<String> getPropertyNames() {
      return values.keySet();
    }

    @Override
    public Iterable<ConfigSource> getConfigSources() {
      return List.of();
    }

    @Override
    public <T> Optional<Converter<T>> getConverter(Class<T> type) {
      return Optional.empty();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
      return type.cast(this);
    }
  }
}
