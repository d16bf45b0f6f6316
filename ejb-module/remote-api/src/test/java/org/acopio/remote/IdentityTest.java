package org.acopio.remote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.acopio.remote.IdentityMessage.CheckIn;
import org.acopio.remote.IdentityMessage.Confirm;
import org.acopio.remote.IdentityMessage.Done;
import org.acopio.remote.IdentityMessage.Enrol;
import org.acopio.remote.IdentityMessage.IdentityRefused;
import org.acopio.remote.IdentityMessage.Issued;
import org.acopio.remote.IdentityMessage.Next;
import org.acopio.remote.IdentityMessage.Reason;
import org.acopio.remote.IdentityMessage.Renew;
import org.acopio.remote.IdentityMessage.RenewalWanted;
import org.acopio.remote.IdentityMessage.Why;
import org.junit.jupiter.api.Test;

class IdentityTest {
  private static final byte[] AUTHORITY = {1, 2, 3};
  private static final byte[] SECRET = {0, 1, 2, 3, 4, 5, 6, 7, 8, -1};
  private static final Sha256 AGENT = Sha256.of(new byte[32]);

  @Test
  void aCodeIsReadAsPeopleTypeIt() {
    EnrolmentCode code = EnrolmentCode.of(AUTHORITY, SECRET);

    assertTrue(code.text().matches("([0-9A-HJKMNP-TV-Z]{5}-){7}[0-9A-HJKMNP-TV-Z]{5}"), code::text);
    assertEquals(code, EnrolmentCode.parse(code.text()));
    assertEquals(code, EnrolmentCode.parse(" " + code.text().toLowerCase().replace("-", " ")));
    assertEquals(
        code,
        EnrolmentCode.parse(code.text().replace('0', 'o').replace('1', 'l').replace("-", "")));
    assertArrayEquals(SECRET, EnrolmentCode.parse(code.text()).secret());
    assertTrue(code.names(AUTHORITY));
    assertFalse(code.names(SECRET));
    assertFalse(code.toString().contains(code.text().substring(24)), "the secret is not shown");
  }

  @Test
  void aSlipInACodeIsNoticed() {
    String code = EnrolmentCode.of(AUTHORITY, SECRET).text();
    for (int i = 0; i < code.length(); i++) {
      if (code.charAt(i) != '-') {
        char other = code.charAt(i) == '7' ? '8' : '7';
        String wrong = code.substring(0, i) + other + code.substring(i + 1);
        assertThrows(IllegalArgumentException.class, () -> EnrolmentCode.parse(wrong));
      }
    }
    assertThrows(IllegalArgumentException.class, () -> EnrolmentCode.parse(""));
    assertThrows(IllegalArgumentException.class, () -> EnrolmentCode.parse(code + "A"));
    assertThrows(
        IllegalArgumentException.class,
        () -> EnrolmentCode.parse(code.replace(code.charAt(0), 'U')));
  }

  @Test
  void everyMessageArrivesAsItWasSent() throws IOException {
    for (IdentityMessage message : samples()) {
      byte[] sent = bytes(message);

      IdentityMessage arrived = IdentityMessage.read(new ByteArrayInputStream(sent));

      assertEquals(message.getClass(), arrived.getClass());
      assertArrayEquals(sent, bytes(arrived));
    }
  }

  @Test
  void theBytesStayAsDocumented() throws IOException {
    assertEquals("0000000103", HexFormat.of().formatHex(bytes(new Confirm())));
    assertEquals(
        "00000013" + "02" + "0010" + "00".repeat(16),
        HexFormat.of().formatHex(bytes(new CheckIn(new byte[16]))));
    assertEquals(
        "00000014" + "45" + "000b" + "4b45595f5245564f4b4544" + "0004" + "676f6e65",
        HexFormat.of().formatHex(bytes(new IdentityRefused(Why.KEY_REVOKED, "gone"))));
  }

  @Test
  void nonsenseIsRefusedAndTakesNoMemory() throws IOException {
    for (String hex :
        List.of(
            "7fffffff01", "00000000", "ffffffff", "0000000163", "000000030201ff", "000000020300")) {
      assertThrows(IOException.class, () -> read(HexFormat.of().parseHex(hex)), hex);
    }
    assertThrows(EOFException.class, () -> read(new byte[0]));
    Random random = new Random(7);
    for (IdentityMessage message : samples()) {
      byte[] sent = bytes(message);
      for (int cut = 0; cut < sent.length; cut++) {
        int at = cut;
        assertThrows(IOException.class, () -> read(java.util.Arrays.copyOf(sent, at)));
      }
      for (int i = 0; i < 500; i++) {
        byte[] damaged = sent.clone();
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        try {
          read(damaged);
        } catch (IOException expected) {
          // Any other exception fails the test.
        }
      }
    }
  }

  @Test
  void messageIsAsLongAsTheLimitAndNotLonger() throws IOException {
    // Type, three lengths, and a word of 16 bytes.
    int most = IdentityMessage.MAX_BYTES - 1 - 3 * 2 - 16;
    byte[] longest = bytes(new Issued(new byte[most], new byte[0], new byte[16]));
    assertEquals(4 + IdentityMessage.MAX_BYTES, longest.length);
    assertArrayEquals(longest, bytes(read(longest)));
    assertThrows(
        IllegalArgumentException.class,
        () -> bytes(new Issued(new byte[most + 1], new byte[0], new byte[16])));
  }

  @Test
  void messageIsFlushed() throws IOException {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    new Confirm().write(new BufferedOutputStream(wire));
    assertEquals(5, wire.size());
  }

  /** SHA-256 of the text, then of the digests of certificate and key around the agent's id. */
  @Test
  void proofIsForOneServerOneAgentAndOneKey() {
    MessageDigest expected = Sha256.start();
    expected.update("acopio identity proof 1\0".getBytes(StandardCharsets.US_ASCII));
    expected.update(Sha256.start().digest(AUTHORITY));
    expected.update(AGENT.bytes());
    expected.update(Sha256.start().digest(SECRET));
    assertArrayEquals(expected.digest(), IdentityMessage.proven(AUTHORITY, AGENT, SECRET));
  }

  @Test
  void codesAreComparedByValueAndShownWithoutTheirSecret() {
    EnrolmentCode code = EnrolmentCode.of(AUTHORITY, SECRET);
    assertNotEquals(code, EnrolmentCode.of(AUTHORITY, new byte[10]));
    assertNotEquals(code, EnrolmentCode.of(SECRET, SECRET));
    assertEquals("EnrolmentCode[" + code.text().substring(0, 11) + "-…]", code.toString());
    assertThrows(IllegalArgumentException.class, () -> EnrolmentCode.of(AUTHORITY, new byte[9]));
  }

  private static List<IdentityMessage> samples() {
    byte[] lineage = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
    return List.of(
        new Enrol(SECRET, AGENT, new byte[91], new byte[70], "niño-pc", "0.1"),
        new CheckIn(lineage),
        new Confirm(),
        new Renew(AGENT, new byte[91], new byte[70], "pc", "0.1"),
        new Issued(new byte[400], new byte[300], lineage),
        new Next(lineage),
        new RenewalWanted(Reason.CLONE),
        new Done(),
        new IdentityRefused(Why.CODE_UNKNOWN, "ask for another"));
  }

  private static IdentityMessage read(byte[] bytes) throws IOException {
    return IdentityMessage.read(new ByteArrayInputStream(bytes));
  }

  private static byte[] bytes(IdentityMessage message) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    message.write(out);
    return out.toByteArray();
  }
}
