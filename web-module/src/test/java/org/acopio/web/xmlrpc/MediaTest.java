package org.acopio.web.xmlrpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTest {
  @ParameterizedTest
  @ValueSource(strings = {"text/xml", "Text/XML; charset=utf-8", "application/xml ;x=y"})
  void xmlIsTaken(String contentType) {
    assertTrue(Media.isXml(contentType));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "", "text/xmlx"})
  void otherTypesAreNot(String contentType) {
    assertFalse(Media.isXml(contentType));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/xml;charset=ISO-8859-1", "text/xml; Charset=\"iso-8859-1\" ;a=b"})
  void theEncodingIsFound(String contentType) throws Fault {
    assertEquals(Optional.of(StandardCharsets.ISO_8859_1), Media.charset(contentType));
  }

  @Test
  void noEncodingIsNone() throws Fault {
    assertEquals(Optional.empty(), Media.charset(null));
    assertEquals(Optional.empty(), Media.charset("text/xml; a=b"));
  }

  @Test
  void anUnknownEncodingIsAFault() {
    assertThrows(Fault.class, () -> Media.charset("text/xml; charset=klingon"));
    assertThrows(Fault.class, () -> Media.charset("text/xml; charset=%%"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate, gzip;q=0.5", "x-gzip", "br , GZIP"})
  void gzipIsTaken(String acceptEncoding) {
    assertTrue(Media.takesGzip(acceptEncoding));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "identity", "gzip;q=0", "gzip; q=0.000", "nogzip"})
  void gzipIsNotForced(String acceptEncoding) {
    assertFalse(Media.takesGzip(acceptEncoding));
    assertFalse(Media.takesGzip(null));
  }
}
