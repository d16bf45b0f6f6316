package org.acopio.remote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Whatever bytes come from another computer: a value that can be sent on, or a clear refusal. */
class WireFuzzTest {

  @FuzzTest
  void packedBatchIsReadOrRefused(byte[] bytes) {
    Batch<?> batch;
    try {
      batch = Batch.unpack(ByteBuffer.wrap(bytes));
    } catch (IllegalArgumentException e) {
      assertTrue(e.getMessage() != null, "a refusal says why");
      return;
    }
    assertTrue(batch.size() <= bytes.length / Integer.BYTES, "items that the bytes can hold");
    byte[] packed = batch.pack();
    byte[] again = Batch.unpack(ByteBuffer.wrap(packed)).pack();
    assertArrayEquals(packed, again, "what was read can be sent on and read again");
  }

  @FuzzTest
  void batchInAStreamOfObjectsIsReadOrRefused(byte[] bytes) throws Exception {
    try {
      Batch<?> batch = (Batch<?>) Streams.read(Streams.ofPacked(bytes));
      assertTrue(batch.size() <= Batch.MAX_ITEMS);
    } catch (InvalidObjectException e) {
      assertTrue(e.getMessage() != null, "a refusal says why");
    }
  }

  @FuzzTest
  void identityMessageIsReadOrRefused(byte[] bytes) throws IOException {
    ByteArrayInputStream from = new ByteArrayInputStream(bytes);
    IdentityMessage message;
    try {
      message = IdentityMessage.read(from);
    } catch (IOException e) {
      assertTrue(bytes.length - from.available() <= 4 + IdentityMessage.MAX_BYTES, "bounded");
      return;
    }
    byte[] sent = bytes(message);
    assertArrayEquals(sent, bytes(IdentityMessage.read(new ByteArrayInputStream(sent))));
  }

  private static byte[] bytes(IdentityMessage message) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    message.write(out);
    return out.toByteArray();
  }

  @FuzzTest
  void enrolmentCodeIsReadOrRefused(byte[] bytes) {
    EnrolmentCode code;
    try {
      code = EnrolmentCode.parse(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      assertTrue(e.getMessage() != null && e.getMessage().length() < 200, "a refusal says why");
      return;
    }
    assertEquals(code, EnrolmentCode.parse(code.text()));
  }

  @FuzzTest
  void pathKeepsItsBytes(byte[] bytes) {
    if (bytes.length > 0 && bytes.length <= FilePath.MAX_BYTES) {
      FilePath path = FilePath.of(bytes);
      assertArrayEquals(bytes, path.bytes());
      assertEquals(path, FilePath.of(path.bytes()));
      assertEquals(0, path.compareTo(FilePath.of(bytes)));
    }
  }
}
