package org.acopio.account;

import java.security.SecureRandom;

/** Passwords that the server makes: four groups that a person can read out and type. */
final class FreshPassword {
  /** Without 0 and O, 1, I and L, 5 and S, 2 and Z, 8 and B, U and V. */
  static final String ALPHABET = "ACDEFGHJKMNPQRTWXY34679";

  private static final int GROUPS = 4;
  private static final int GROUP = 5;

  private FreshPassword() {}

  /** 20 of 23 letters and digits: 90 bits. */
  static String make(SecureRandom random) {
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < GROUPS * GROUP; i++) {
      if (i > 0 && i % GROUP == 0) {
        password.append('-');
      }
      password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return password.toString();
  }
}
