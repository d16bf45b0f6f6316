package org.acopio.thumbnail.worker;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.acopio.thumbnail.Outcome.Picture;
import org.acopio.thumbnail.Reason;
import org.acopio.thumbnail.Request;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/** Pictures of the pages of PDF documents. */
final class Documents {
  /** A page of a stamp's size is not blown up beyond this. */
  private static final float LARGEST_SCALE = 8;

  private static final float LONGEST_SIDE = 1_000_000;

  Documents() {
    FontMappers.set(new BuiltInFonts());
  }

  Picture picture(Path file, Request request) throws IOException {
    try (PDDocument document = open(file)) {
      if (request.page() > document.getNumberOfPages()) {
        throw new Unshowable(Reason.NO_SUCH_PAGE);
      }
      int index = request.page() - 1;
      PDPage page = document.getPage(index);
      PDRectangle shown = page.getCropBox();
      float longest = Math.max(shown.getWidth(), shown.getHeight());
      // What is shown may lie beside the page: then its sides are negative.
      float shortest = Math.min(shown.getWidth(), shown.getHeight());
      if (!(shortest > 0 && longest < LONGEST_SIDE)) {
        throw new Unshowable(Reason.UNREADABLE);
      }
      PDFRenderer renderer = new PDFRenderer(document);
      renderer.setSubsamplingAllowed(true);
      float scale = Math.min(LARGEST_SCALE, request.box() / longest);
      BufferedImage image = renderer.renderImage(index, scale, ImageType.RGB);
      boolean turned = page.getRotation() % 180 != 0;
      int width = points(turned ? shown.getHeight() : shown.getWidth());
      int height = points(turned ? shown.getWidth() : shown.getHeight());
      return Screen.picture(image, request.box(), Orientation.UPRIGHT, width, height);
    }
  }

  private static int points(float side) {
    return Math.max(1, Math.round(side));
  }

  static PDDocument open(Path file) throws IOException {
    return Loader.loadPDF(
        new RandomAccessReadBufferedFile(file.toFile()),
        "",
        null,
        null,
        IOUtils.createMemoryOnlyStreamCache());
  }
}
