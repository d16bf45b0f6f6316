/**
 * What can be set: every key with its default, its unit and a sentence, read through MicroProfile
 * Config.
 */
@NullMarked
package org.acopio.config;

import org.jspecify.annotations.NullMarked;
