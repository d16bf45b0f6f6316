package org.acopio.client.scan;

/** The kinds of file that are collected. */
public enum MediaKind {
  IMAGE,
  PDF,
  AUDIO,
  VIDEO
}
