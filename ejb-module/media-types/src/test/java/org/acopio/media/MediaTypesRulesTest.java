package org.acopio.media;

import org.acopio.rules.ModuleRules;

/** The rules that every module keeps. */
class MediaTypesRulesTest extends ModuleRules {
  MediaTypesRulesTest() {
    super(moduleOf(MediaDetector.class), 1);
  }
}
