package org.acopio.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * The settings of this process where no container reads them: system properties, then the
 * environment. An empty value is none. Knows texts only, which is all that {@link Settings} asks
 * for.
 */
public final class ProcessConfig implements Config {
  private final Map<String, String> values = new HashMap<>();

  public ProcessConfig(Properties system, Map<String, String> environment) {
    for (Key key : Key.values()) {
      String value = environment.get(key.variable());
      if (value != null) {
        values.put(key.key(), value);
      }
    }
    for (String name : system.stringPropertyNames()) {
      if (name.startsWith(Key.PREFIX)) {
        values.put(name, system.getProperty(name));
      }
    }
  }

  @Override
  public <T> T getValue(String name, Class<T> type) {
    return getOptionalValue(name, type).orElseThrow();
  }

  @Override
  public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
    return Optional.ofNullable(values.get(name)).filter(text -> !text.isEmpty()).map(type::cast);
  }

  @Override
  public Iterable<String> getPropertyNames() {
    return values.keySet();
  }

  @Override
  public ConfigValue getConfigValue(String name) {
    throw new UnsupportedOperationException("values are texts here");
  }

  @Override
  public Iterable<ConfigSource> getConfigSources() {
    throw new UnsupportedOperationException("values are texts here");
  }

  @Override
  public <T> Optional<Converter<T>> getConverter(Class<T> type) {
    return Optional.empty();
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    throw new UnsupportedOperationException("there is nothing inside");
  }
}
