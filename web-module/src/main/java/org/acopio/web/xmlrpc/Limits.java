package org.acopio.web.xmlrpc;

/** What one document may hold, so that reading it takes little time and memory. */
final class Limits {
  /** Arrays and structs inside each other. */
  static final int DEPTH = 64;

  /** Values of one call, those in arrays and structs included. */
  static final int VALUES = 50_000;

  /** Characters of a number, and digits of {@code ex:biginteger}. */
  static final int DIGITS = 10_000;

  /** Characters of a method's or member's name. */
  static final int NAME = 255;

  /** Calls of one {@code system.multicall}. */
  static final int CALLS = 1_000;

  private Limits() {}
}
