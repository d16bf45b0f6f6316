package org.acopio.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The detector where there is no Tika: whatever touches one of its classes fails. */
class WithoutTikaTest {
  private URLClassLoader loader;
  private Class<?> content;
  private Method detect;

  @BeforeEach
  void loadTheModuleAlone() throws Exception {
    URL classes = MediaDetector.class.getProtectionDomain().getCodeSource().getLocation();
    loader = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader());
    content = loader.loadClass(Content.class.getName());
    detect =
        loader.loadClass(MediaDetector.class.getName()).getMethod("detect", content, byte[].class);
  }

  @AfterEach
  void unload() throws Exception {
    loader.close();
  }

  private Object detect(byte[] bytes, String name) throws Exception {
    Object source =
        Proxy.newProxyInstance(loader, new Class<?>[] {content}, (proxy, method, given) -> bytes);
    return detect.invoke(null, source, Samples.latin(name));
  }

  @Test
  void commonFormatsNeedNoTika() throws Exception {
    for (var format : Samples.common().entrySet()) {
      for (byte[] bytes : format.getValue()) {
        for (String name : new String[] {"a", "a.txt", "a.bin", "a.jpg"}) {
          assertEquals(Optional.of(format.getKey()), detect(bytes, name));
          assertEquals(
              Optional.of(format.getKey()), detect(Samples.withNoise(bytes, 14_000), name));
        }
      }
    }
  }

  @Test
  void commonDecoysNeedNoTika() throws Exception {
    for (byte[] bytes :
        List.of(
            Samples.TEXT,
            Samples.XML,
            Samples.LONG_PAGE,
            Samples.DOCX,
            Samples.ELF,
            Samples.CLASS,
            Samples.GZIP,
            Samples.OLE,
            Samples.SQLITE,
            Samples.ZLIB)) {
      assertEquals(Optional.empty(), detect(bytes, "a.jpg"));
    }
  }

  /** So that the others pass for the right reason. */
  @Test
  void rareFormatsNeedTika() {
    InvocationTargetException failed =
        assertThrows(InvocationTargetException.class, () -> detect(Samples.SVG, "a.svg"));
    assertInstanceOf(NoClassDefFoundError.class, failed.getCause());
  }
}
