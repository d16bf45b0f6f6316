package org.acopio.ingest;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** Puts the fields of a body together, one behind the other. */
final class Body {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

  Body int32(int value) {
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    return this;
  }

  Body int64(long value) {
    out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    return this;
  }

  Body raw(byte[] value) {
    out.writeBytes(value);
    return this;
  }

  Body text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
    out.writeBytes(utf8);
    return this;
  }

  Body time(Instant value) {
    return int64(value.getEpochSecond()).int32(value.getNano());
  }

  Body duration(Duration value) {
    return int64(value.getSeconds()).int32(value.getNano());
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
