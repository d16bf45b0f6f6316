package org.acopio.thumbnail.worker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;

/** PDF documents, good and bad. */
public final class Pdfs {
  private Pdfs() {}

  /** Pages of {@link Samples#COLOUR} with a word in a font that is not in the file. */
  public static byte[] pages(int count, float width, float height) throws IOException {
    try (PDDocument document = new PDDocument()) {
      document.getDocumentInformation().setTitle("Informe \u202eanual");
      for (int i = 0; i < count; i++) {
        PDPage page = new PDPage(new PDRectangle(width, height));
        document.addPage(page);
        if (i < 3) {
          draw(document, page, i);
        }
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      document.save(bytes);
      return bytes.toByteArray();
    }
  }

  private static void draw(PDDocument document, PDPage page, int index) throws IOException {
    try (PDPageContentStream out = new PDPageContentStream(document, page)) {
      out.setNonStrokingColor(index == 0 ? Samples.COLOUR : java.awt.Color.BLUE);
      PDRectangle box = page.getMediaBox();
      out.addRect(0, 0, box.getWidth(), box.getHeight());
      out.fill();
      out.setNonStrokingColor(java.awt.Color.BLACK);
      out.beginText();
      out.setFont(new PDType1Font(Standard14Fonts.FontName.TIMES_ROMAN), 12);
      out.newLineAtOffset(2, 2);
      out.showText("Texto");
      out.endText();
    }
  }

  /** A page tree whose root is its own child. */
  public static byte[] recursive() {
    return text(
        """
        %PDF-1.4
        1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
        2 0 obj <</Type /Pages /Kids [2 0 R 2 0 R] /Count 2>> endobj
        trailer <</Root 1 0 R /Size 3>>
        """);
  }

  /** A form that draws itself. */
  public static byte[] selfDrawing() {
    return text(
        """
        %PDF-1.4
        1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
        2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
        3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 5 0 R
          /Resources <</XObject <</F 4 0 R>>>>>> endobj
        4 0 obj <</Type /XObject /Subtype /Form /BBox [0 0 100 100] /Length 6
          /Resources <</XObject <</F 4 0 R>>>>>> stream
        /F Do
        endstream endobj
        5 0 obj <</Length 6>> stream
        /F Do
        endstream endobj
        trailer <</Root 1 0 R /Size 6>>
        """);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
