package org.acopio.launch;

import java.util.Set;
import org.acopio.rules.ModuleRules;

/** The rules that every module keeps. */
class ServerConfigRulesTest extends ModuleRules {
  ServerConfigRulesTest() {
    super(moduleOf(AcopioServer.class), 40);
  }

  @Override
  protected Set<String> writers() {
    return Set.of(
        "org.acopio.assemble.ContainerMaterials",
        "org.acopio.assemble.MergedJar",
        "org.acopio.demo.Demo",
        "org.acopio.demo.DemoMedia",
        "org.acopio.demo.Sound",
        "org.acopio.launch.AdminDownload",
        "org.acopio.launch.AdminUrl",
        "org.acopio.launch.ContainerRoot",
        "org.acopio.launch.DataFolder",
        "org.acopio.launch.HttpsKey",
        "org.acopio.launch.LogFile",
        "org.acopio.launch.StartArchives");
  }

  /** How long the start took, since the system started the process. */
  @Override
  protected Set<String> timekeepers() {
    return Set.of("org.acopio.launch.AcopioServer");
  }
}
