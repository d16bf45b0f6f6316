package org.acopio.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
  /** Quick, for tests that do not ask how strong it is. */
  private static final int FEW = 10;

  private final PasswordHash hash = new PasswordHash(FEW);

  @Test
  void onlyThePasswordMatches() {
    String kept = hash.of("correct horse ñ");
    assertTrue(hash.matches("correct horse ñ", kept));
    assertFalse(hash.matches("correct horse n", kept));
    assertFalse(hash.matches("", kept));
    assertNotEquals(kept, hash.of("correct horse ñ"));
  }

  @Test
  void whatIsKeptHasTheStrengthThatIsRecommended() {
    String kept = new PasswordHash(PasswordHash.ITERATIONS).of("x");
    assertTrue(kept.startsWith("PBKDF2WithHmacSHA512:210000:"), kept);
    assertTrue(hash.matches("x", kept), "the text says itself how it was made");
    assertTrue(hash.isOld(kept));
    assertTrue(new PasswordHash(PasswordHash.ITERATIONS).isOld(hash.of("x")));
  }

  /**
   * Made with Python's hashlib.pbkdf2_hmac('sha512', b'password', b'saltsaltsaltsalt', 1000, 32).
   */
  @Test
  void anotherProgramComputesTheSame() {
    assertTrue(
        hash.matches(
            "password",
            "PBKDF2WithHmacSHA512:1000:c2FsdHNhbHRzYWx0c2FsdA==:715rqIr5dXOVPpBhqqsugl037zT5bWJTWYmZtIcK8hA="));
  }

  @Test
  void decoyIsOpenedByNothingAndCostsTheSame() {
    String decoy = hash.decoy(new SecureRandom());
    assertFalse(hash.matches("", decoy));
    assertEquals(decoy.split(":")[1], hash.of("x").split(":")[1]);
    assertEquals(decoy.length(), hash.of("x").length());
    String[] other = hash.decoy(new SecureRandom()).split(":");
    assertNotEquals(decoy.split(":")[2], other[2]);
    assertNotEquals(decoy.split(":")[3], other[3]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "PBKDF2WithHmacSHA512:10:!:!",
        "PBKDF2WithHmacSHA512:many:AAAA:AAAA",
        "PBKDF2WithHmacSHA512:10:AAAA:AAAA",
        "PBKDF2WithHmacSHA512:2000000000:AAAA:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "PBKDF2WithHmacSHA1:10:AAAA:AAAA"
      })
  void textOfAnotherKindIsOpenedByNothing(String kept) {
    assertFalse(hash.matches("", kept));
    assertFalse(hash.matches("x", kept));
  }

  @Test
  void freshPasswordsHaveNinetyBitsThatAPersonCanRead() {
    String password = FreshPassword.make(new SecureRandom());
    assertTrue(password.matches("([" + FreshPassword.ALPHABET + "]{5}-){3}.{5}"), password);
    double bits = 20 * Math.log(FreshPassword.ALPHABET.length()) / Math.log(2);
    assertTrue(bits >= 80, () -> bits + " bits");
    assertEquals(
        FreshPassword.ALPHABET.length(), FreshPassword.ALPHABET.chars().distinct().count());
    assertNotEquals(password, FreshPassword.make(new SecureRandom()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "elevenchars", "aaaaaaaaaaaaaaa", "my name is ana, hello"})
  void weakPasswordIsRefused(String password) {
    assertThrows(AccountException.class, () -> PasswordRules.check("ana", password));
  }

  @Test
  void severalWordsAreAPassword() throws AccountException {
    PasswordRules.check("ana", "cuatro gatos al sol");
  }

  @Test
  void passwordHasTwelveTo256Characters() throws AccountException {
    PasswordRules.check("ana", "abcdeabcdeab");
    PasswordRules.check("ana", "abcde".repeat(51) + "a");
    refused("abcdeabcdea");
    refused("abcde".repeat(51) + "ab");
    // Six characters, though Java counts twelve.
    refused("📷📸🎞🎥🎬📹");
    refused("abcdabcdabcd");
    refused("x y z ANA 123");
  }

  private static void refused(String password) {
    AccountException refusal =
        assertThrows(AccountException.class, () -> PasswordRules.check("ana", password));
    assertEquals(AccountException.Code.BAD_PASSWORD, refusal.code());
  }

  @Test
  void textThatWouldKeepAProcessorBusyIsOpenedByNothing() {
    String[] parts = hash.of("x").split(":");
    assertFalse(hash.matches("x", String.join(":", parts[0], "0", parts[2], parts[3])));
    assertFalse(hash.matches("x", String.join(":", parts[0], "10", "", parts[3])));
    assertFalse(hash.matches("x", String.join(":", parts[0], "10000001", parts[2], parts[3])));
    assertTrue(hash.matches("x", String.join(":", parts)));
    assertFalse(hash.matches("x", String.join(":", parts) + ":"));
    assertFalse(hash.isOld(hash.of("x")));
  }

  @Test
  void shorterHashIsOpenedByNothing() {
    String[] parts = hash.of("x").split(":");
    byte[] whole = Base64.getDecoder().decode(parts[3]);
    assertEquals(32, whole.length);
    assertEquals(16, Base64.getDecoder().decode(parts[2]).length);
    String shorter = Base64.getEncoder().encodeToString(Arrays.copyOf(whole, 31));
    assertFalse(hash.matches("x", String.join(":", parts[0], parts[1], parts[2], shorter)));
  }
}
