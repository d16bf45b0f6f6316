package org.acopio.demo;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.jcodec.api.awt.AWTSequenceEncoder;

/**
 * A folder of real pictures, PDF documents, sounds and films, by real encoders, in nested folders
 * with Spanish and other names; and of decoys, which an agent has to leave at home.
 */
final class DemoMedia {
  /** Held so that its level stays: it warns that a font of the standard is drawn by another. */
  private static final Logger PDFBOX = Logger.getLogger("org.apache.pdfbox");

  private final Path root;
  private final List<Path> media = new ArrayList<>();
  private final List<Path> decoys = new ArrayList<>();

  private DemoMedia(Path root) {
    this.root = root;
  }

  /** Makes all files below the folder, which must not exist. */
  static DemoMedia make(Path root) throws IOException {
    ImageIO.setUseCache(false);
    PDFBOX.setLevel(Level.SEVERE);
    // Not in the home of whoever builds.
    System.setProperty("pdfbox.fontcache", root.getParent().toString());
    Files.createDirectories(root);
    DemoMedia made = new DemoMedia(root);
    made.makePictures();
    made.makeDocuments();
    made.makeSounds();
    made.makeFilms();
    made.makeDecoys();
    return made;
  }

  /** What an agent has to find. */
  List<Path> media() {
    return List.copyOf(media);
  }

  /** What it has to leave. */
  List<Path> decoys() {
    return List.copyOf(decoys);
  }

  private void makePictures() throws IOException {
    for (int i = 1; i <= 10; i++) {
      Path file = picture("Fotos/2026 Verano en Cádiz/atardecer " + i + ".jpg", "jpg", 1280, 853);
      Files.write(file, Exif.taken(Files.readAllBytes(file), i));
    }
    for (int i = 1; i <= 6; i++) {
      picture("Fotos/Cumpleaños de Íñigo/tarta n.º " + i + ".JPG", "jpg", 960, 720);
    }
    for (String name : List.of("富士山", "Übersee", "Ελλάδα", "Łódź")) {
      picture("Fotos/Viajes/" + name + "/" + name + ".png", "png", 640, 420);
      picture("Fotos/Viajes/" + name + "/mapa.gif", "gif", 320, 240);
    }
    for (int i = 1; i <= 3; i++) {
      picture("Escáner/página " + i + ".tiff", "tiff", 620, 877);
    }
    picture("Escritorio/captura de pantalla.png", "png", 1366, 768);
  }

  private Path picture(String name, String format, int width, int height) throws IOException {
    Path file = place(name, media);
    BufferedImage image = Picture.landscape(width, height, name.hashCode());
    if (!ImageIO.write(image, format, file.toFile())) {
      throw new IOException("This Java writes no " + format);
    }
    return file;
  }

  private void makeDocuments() throws IOException {
    for (int i = 1; i <= 4; i++) {
      pdf("Documentos/Facturas/factura 2026-00" + i + ".pdf", "Factura n.º 2026/00" + i);
    }
    pdf("Documentos/Contrato de alquiler (firmado).pdf", "Contrato de alquiler");
    pdf("Documentos/Colegio/Plan de estudios – Año 3.pdf", "Plan de estudios del año 3");
    pdf("Descargas/sin extensión", "Un PDF sin extensión");
  }

  private void pdf(String name, String title) throws IOException {
    Path file = place(name, media);
    try (PDDocument document = new PDDocument()) {
      PDPage page = new PDPage(PDRectangle.A4);
      document.addPage(page);
      BufferedImage image = Picture.landscape(480, 270, title.hashCode());
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.beginText();
        content.setFont(new PDType1Font(FontName.HELVETICA_BOLD), 22);
        content.newLineAtOffset(60, 760);
        content.showText(title);
        content.endText();
        content.drawImage(JPEGFactory.createFromImage(document, image), 60, 460, 480, 270);
      }
      document.save(file.toFile());
    }
  }

  private void makeSounds() throws IOException {
    for (int i = 1; i <= 3; i++) {
      Sound.wav(place("Música/Grabaciones/nota de voz " + i + ".wav", media), 6 + i, i);
      Sound.mp3(place("Música/Canción " + i + " – Ñandú.mp3", media), 10 + i, 10L + i);
    }
    Sound.aiff(place("Música/Grabaciones/ensayo.aiff", media), 6, 20);
    Sound.aiff(place("Música/Grabaciones/ensayo (2).aif", media), 5, 21);
  }

  private void makeFilms() throws IOException {
    film("Vídeos/olas.mp4", 320, 240, 50);
    film("Vídeos/WhatsApp/VID-20261121-WA0001.mp4", 240, 320, 25);
  }

  private void film(String name, int width, int height, int frames) throws IOException {
    Path file = place(name, media);
    AWTSequenceEncoder encoder = AWTSequenceEncoder.create25Fps(file.toFile());
    for (int frame = 0; frame < frames; frame++) {
      double time = (double) frame / frames;
      encoder.encodeImage(Picture.landscape(width, height, name.hashCode(), time));
    }
    encoder.finish();
  }

  private void makeDecoys() throws IOException {
    text("Documentos/notas.txt", "Comprar pan.\n");
    text("Descargas/página web.html", "<!DOCTYPE html><title>Hola</title><p>Hola.\n");
    text("Descargas/no es una foto.jpg", "Esto es texto, aunque el nombre diga otra cosa.\n");
    text("Documentos/datos.csv", "fecha;importe\n2026-11-21;12,50\n");
    Path zip = place("Descargas/copia de seguridad.zip", decoys);
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream entries = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      entries.putNextEntry(new ZipEntry("léeme.txt"));
      entries.write("Nada que ver aquí.\n".getBytes(StandardCharsets.UTF_8));
    }
  }

  private void text(String name, String text) throws IOException {
    Files.writeString(place(name, decoys), text);
  }

  private Path place(String name, List<Path> list) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    list.add(file);
    return file;
  }
}
