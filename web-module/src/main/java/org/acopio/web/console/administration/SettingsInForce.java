package org.acopio.web.console.administration;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.List;
import org.acopio.config.SettingInForce;
import org.eclipse.microprofile.config.ConfigProvider;

/** Every setting with its value and who said so, on the page. */
@Named
@RequestScoped
public class SettingsInForce {
  /** In the order of the documents. */
  public List<SettingInForce> getAll() {
    return SettingInForce.all(ConfigProvider.getConfig());
  }

  /** How many are not as they come. */
  public long getChanged() {
    return getAll().stream()
        .filter(setting -> setting.source() != SettingInForce.Source.DEFAULT)
        .count();
  }
}
