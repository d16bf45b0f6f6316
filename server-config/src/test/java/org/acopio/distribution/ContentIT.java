package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a browser gets of the files that an agent collected. */
class ContentIT {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String HOSTILE_NAME = "<img src=x onerror=alert(1)>.jpg";
  private static final String SVG =
      "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";

  @TempDir static Path temp;
  private static Path photos;
  private static ServerProcess server;
  private static Map<String, Long> numbers;

  @BeforeAll
  static void collect() throws Exception {
    photos = Files.createDirectories(temp.resolve("pc/Fotos de Íñigo"));
    Files.write(photos.resolve("playa.jpg"), jpeg(1_600, 1_200));
    Files.write(photos.resolve(HOSTILE_NAME), jpeg(400, 300));
    Files.write(photos.resolve("bomba.png"), bomb());
    Files.writeString(photos.resolve("dibujo.svg"), SVG);
    try (PDDocument document = new PDDocument()) {
      document.addPage(new PDPage());
      document.addPage(new PDPage());
      document.save(photos.resolve("informe.pdf").toFile());
    }
    new Media(7).jpeg(photos.resolve("grande.jpg"), 5_000_000);
    server = ServerProcess.start(temp.resolve("data"));
    Collected.by(0, server.rmiAddress(), temp.resolve("journal"), photos);
    numbers = numbers();
    assertEquals(6, numbers.size());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** As the administrator. */
  private static HttpRequest.Builder request(String path) throws IOException {
    return HttpRequest.newBuilder(server.http(path)).header("Authorization", server.bearer());
  }

  private static HttpResponse<byte[]> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> of(String name, String view, String... headers)
      throws IOException, InterruptedException {
    return get("/content/" + numbers.get(name) + view, headers);
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static byte[] jpeg(int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(200, 30, 40));
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    var bytes = new java.io.ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", bytes);
    return bytes.toByteArray();
  }

  /** 30,000 by 30,000 pixels in 57 bytes. */
  private static byte[] bomb() {
    ByteBuffer png = ByteBuffer.allocate(57);
    png.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    ByteBuffer head = ByteBuffer.allocate(17).put(new byte[] {'I', 'H', 'D', 'R'});
    head.putInt(30_000).putInt(30_000).put((byte) 8).put((byte) 2);
    for (byte[] chunk : new byte[][] {head.array(), {'I', 'D', 'A', 'T'}, {'I', 'E', 'N', 'D'}}) {
      CRC32 crc = new CRC32();
      crc.update(chunk);
      png.putInt(chunk.length - 4).put(chunk).putInt((int) crc.getValue());
    }
    return png.array();
  }

  /** The catalog's number of each file, by the digest in its entity tag. */
  private static Map<String, Long> numbers() throws Exception {
    Map<String, String> names = new HashMap<>();
    try (var files = Files.list(photos)) {
      for (Path file : files.toList()) {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        names.put(HexFormat.of().formatHex(digest), file.getFileName().toString());
      }
    }
    Map<String, Long> numbers = new HashMap<>();
    for (long number = 1; number <= 20; number++) {
      HttpRequest head =
          request("/content/" + number).method("HEAD", BodyPublishers.noBody()).build();
      HttpResponse<Void> answer = HTTP.send(head, BodyHandlers.discarding());
      String name = names.get(header(answer, "ETag").replace("\"", ""));
      if (name != null) {
        numbers.put(name, number);
      }
    }
    return numbers;
  }

  private static void assertHarmless(HttpResponse<?> answer) {
    assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
    assertEquals("default-src 'none'; sandbox", header(answer, "Content-Security-Policy"));
    assertEquals("same-origin", header(answer, "Cross-Origin-Resource-Policy"));
    assertTrue(header(answer, "Cache-Control").startsWith("private"));
    assertTrue(!header(answer, "Content-Type").contains("html"));
  }

  @Test
  void aPhotoIsShownInPlaceAndSavedOnRequest() throws Exception {
    HttpResponse<byte[]> answer = of("playa.jpg", "");
    assertEquals(200, answer.statusCode());
    assertHarmless(answer);
    assertEquals("image/jpeg", header(answer, "Content-Type"));
    assertTrue(header(answer, "Content-Disposition").startsWith("inline;"));
    assertArrayEquals(Files.readAllBytes(photos.resolve("playa.jpg")), answer.body());
    assertTrue(
        header(of("playa.jpg", "?download"), "Content-Disposition").startsWith("attachment;"));
    assertEquals(304, of("playa.jpg", "", "If-None-Match", header(answer, "ETag")).statusCode());
    assertEquals(
        304,
        of("playa.jpg", "", "If-Modified-Since", header(answer, "Last-Modified")).statusCode());
  }

  @Test
  void whatCouldRunIsOnlySaved() throws Exception {
    for (String name : new String[] {"dibujo.svg", "informe.pdf"}) {
      HttpResponse<byte[]> answer = of(name, "");
      assertHarmless(answer);
      assertEquals("application/octet-stream", header(answer, "Content-Type"));
      assertTrue(header(answer, "Content-Disposition").startsWith("attachment;"));
      assertEquals(204, of("dibujo.svg", "/thumbnail").statusCode());
    }
  }

  @Test
  void aHostileNameIsTextInTheHeader() throws Exception {
    assertEquals(
        "inline; filename=\"_img src=x onerror=alert(1)_.jpg\";"
            + " filename*=UTF-8''_img%20src%3Dx%20onerror%3Dalert%281%29_.jpg",
        header(of(HOSTILE_NAME, ""), "Content-Disposition"));
  }

  @Test
  void rangesAreSent() throws Exception {
    byte[] all = Files.readAllBytes(photos.resolve("grande.jpg"));
    HttpResponse<byte[]> middle = of("grande.jpg", "", "Range", "bytes=1000000-2999999");
    assertEquals(206, middle.statusCode());
    assertEquals("bytes 1000000-2999999/5000000", header(middle, "Content-Range"));
    assertArrayEquals(Arrays.copyOfRange(all, 1_000_000, 3_000_000), middle.body());
    HttpResponse<byte[]> end = of("grande.jpg", "", "Range", "bytes=-1000");
    assertArrayEquals(Arrays.copyOfRange(all, 4_999_000, 5_000_000), end.body());
    HttpResponse<byte[]> beyond = of("grande.jpg", "", "Range", "bytes=5000000-");
    assertEquals(416, beyond.statusCode());
    assertEquals("bytes */5000000", header(beyond, "Content-Range"));
    HttpResponse<byte[]> other =
        of("grande.jpg", "", "Range", "bytes=0-9", "If-Range", "\"something else\"");
    assertEquals(200, other.statusCode());
    assertArrayEquals(all, other.body());
  }

  @Test
  void severalRangesAreSentAsParts() throws Exception {
    byte[] all = Files.readAllBytes(photos.resolve("grande.jpg"));
    HttpResponse<byte[]> answer = of("grande.jpg", "", "Range", "bytes=0-9,100-149");
    assertEquals(206, answer.statusCode());
    String type = header(answer, "Content-Type");
    assertTrue(type.startsWith("multipart/byteranges; boundary="), type);
    String boundary = "--" + type.substring(type.indexOf('=') + 1);
    String text = new String(answer.body(), java.nio.charset.StandardCharsets.ISO_8859_1);
    String[] parts = text.split("\r\n" + boundary, -1);
    assertEquals(4, parts.length);
    assertTrue(parts[1].contains("Content-Range: bytes 0-9/5000000\r\n"), parts[1]);
    String second = parts[2].substring(parts[2].indexOf("\r\n\r\n") + 4);
    assertArrayEquals(
        Arrays.copyOfRange(all, 100, 150),
        second.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    assertEquals("--\r\n", parts[3]);
  }

  @Test
  void aPhotoHasAThumbnailThatBrowsersKeep() throws Exception {
    HttpResponse<byte[]> answer = of("playa.jpg", "/thumbnail?box=256");
    assertEquals(200, answer.statusCode(), () -> new String(answer.body()));
    assertHarmless(answer);
    assertEquals("image/jpeg", header(answer, "Content-Type"));
    assertEquals("1600x1200", header(answer, "X-Original-Size"));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(answer.body()));
    assertNotNull(image);
    assertEquals(256, image.getWidth());
    assertEquals(192, image.getHeight());
    assertTrue(new Color(image.getRGB(100, 100)).getRed() > 170);
    assertEquals(
        304,
        of("playa.jpg", "/thumbnail?box=256", "If-None-Match", header(answer, "ETag"))
            .statusCode());
    assertEquals(400, of("playa.jpg", "/thumbnail?box=0").statusCode());
  }

  @Test
  void aDocumentHasPages() throws Exception {
    HttpResponse<byte[]> second = of("informe.pdf", "/page?page=2");
    assertEquals(200, second.statusCode());
    assertEquals(2_048, ImageIO.read(new ByteArrayInputStream(second.body())).getHeight());
    HttpResponse<byte[]> third = of("informe.pdf", "/page?page=3");
    assertEquals(204, third.statusCode());
    assertEquals("none; reason=no-such-page", header(third, "X-Thumbnail"));
  }

  @Test
  void aHostileImageIsNoOutage() throws Exception {
    HttpResponse<byte[]> answer = of("bomba.png", "/thumbnail");
    assertEquals(204, answer.statusCode());
    assertEquals(0, answer.body().length);
    assertHarmless(answer);
    assertEquals("none; reason=too-many-pixels", header(answer, "X-Thumbnail"));
    assertEquals("none; reason=unreadable", header(of("grande.jpg", "/thumbnail"), "X-Thumbnail"));
    assertEquals(200, of(HOSTILE_NAME, "/thumbnail").statusCode());
  }

  @Test
  void aPhotoTellsItsSize() throws Exception {
    HttpResponse<byte[]> answer = of("playa.jpg", "/metadata");
    assertHarmless(answer);
    JsonObject json = Json.createReader(new ByteArrayInputStream(answer.body())).readObject();
    assertEquals(1_600, json.getInt("width"));
    assertEquals(1_200, json.getInt("height"));
  }

  @Test
  void manyFilesComeAsOneZip() throws Exception {
    String form =
        numbers.values().stream().map(number -> "file=" + number).collect(Collectors.joining("&"));
    HttpResponse<byte[]> answer =
        HTTP.send(
            request("/content/zip")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form + "&file=999999"))
                .build(),
            BodyHandlers.ofByteArray());
    assertEquals(200, answer.statusCode(), () -> new String(answer.body()));
    assertHarmless(answer);
    assertEquals("application/zip", header(answer, "Content-Type"));
    Map<String, byte[]> entries = new HashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        assertTrue(
            entry.getName().startsWith("127.0.0.1/") || entry.getName().equals("PROBLEMS.txt"),
            entry::getName);
        entries.put(
            entry.getName().substring(entry.getName().lastIndexOf('/') + 1), zip.readAllBytes());
      }
    }
    assertEquals(7, entries.size());
    assertArrayEquals(Files.readAllBytes(photos.resolve("grande.jpg")), entries.get("grande.jpg"));
    assertArrayEquals(
        Files.readAllBytes(photos.resolve(HOSTILE_NAME)),
        entries.get("_img src=x onerror=alert(1)_.jpg"));
    assertTrue(new String(entries.get("PROBLEMS.txt")).contains("999999"));
  }

  @Test
  void manyParametersAreTakenAndTooManyAreRefused() throws Exception {
    String form = "file=" + numbers.get("bomba.png") + "&file=1".repeat(9_998);
    HttpRequest.Builder request =
        request("/content/zip").header("Content-Type", "application/x-www-form-urlencoded");
    assertEquals(
        200,
        HTTP.send(request.POST(BodyPublishers.ofString(form)).build(), BodyHandlers.discarding())
            .statusCode());
    assertEquals(
        400,
        HTTP.send(
                request.POST(BodyPublishers.ofString(form + "&file=1".repeat(3))).build(),
                BodyHandlers.discarding())
            .statusCode());
  }

  @Test
  void aFileThatSomebodyTookOutOfTheStoreIsToldInTheLanguageThatIsAskedFor() throws Exception {
    Path stored;
    try (Stream<Path> walk = Files.walk(temp.resolve("data").resolve("store"))) {
      stored = walk.filter(file -> file.endsWith("informe.pdf")).findFirst().orElseThrow();
    }
    Path aside = Files.move(stored, temp.resolve("aside.pdf"));
    try {
      HttpResponse<byte[]> answer = of("informe.pdf", "", "Accept-Language", "es");
      assertEquals(500, answer.statusCode());
      assertHarmless(answer);
      JsonObject problem = Json.createReader(new ByteArrayInputStream(answer.body())).readObject();
      assertEquals("stored-file-gone", problem.getString("code"));
      assertTrue(problem.getString("detail").contains("no está en el almacén"), problem::toString);
    } finally {
      Files.move(aside, stored);
    }
  }

  @Test
  void whatIsNotThereIsNotThere() throws Exception {
    for (String path :
        new String[] {"/content/999999", "/content/x", "/content/", "/content/zip?file=999999"}) {
      HttpResponse<byte[]> answer = get(path);
      assertEquals(404, answer.statusCode(), path);
      assertHarmless(answer);
    }
  }
}
