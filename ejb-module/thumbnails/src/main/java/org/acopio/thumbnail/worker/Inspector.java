package org.acopio.thumbnail.worker;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.lang.GeoLocation;
import com.drew.lang.Rational;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.GpsDirectory;
import com.drew.metadata.heif.HeifDirectory;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import org.acopio.thumbnail.Fact;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.jspecify.annotations.Nullable;

/** What files say of themselves. */
final class Inspector {
  private static final Pattern EXIF_TIME =
      Pattern.compile("(\\d{4}):(\\d\\d):(\\d\\d) (\\d\\d:\\d\\d:\\d\\d).*", Pattern.DOTALL);

  private static final Set<String> WITHOUT_EXIF =
      Set.of(
          "image/gif",
          "image/bmp",
          "image/x-ms-bmp",
          "image/vnd.microsoft.icon",
          "image/x-icon",
          "image/icns");

  private final Map<Fact, String> facts = new EnumMap<>(Fact.class);

  static Map<Fact, String> facts(Path file, String mediaType) throws IOException {
    Inspector inspector = new Inspector();
    if (mediaType.startsWith("image/")) {
      inspector.image(file, mediaType);
    } else if (mediaType.equals("application/pdf")) {
      inspector.document(file);
    } else {
      inspector.facts.putAll(Tags.of(file, mediaType).facts());
    }
    return inspector.facts;
  }

  /** How the image is to be turned; damaged Exif does not cost the picture. */
  static Orientation orientation(Path file, String mediaType) {
    if (WITHOUT_EXIF.contains(mediaType)) {
      return Orientation.UPRIGHT;
    }
    Directory exif = metadata(file).getFirstDirectoryOfType(ExifIFD0Directory.class);
    Integer number = exif == null ? null : exif.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
    return Orientation.of(number == null ? 1 : number);
  }

  private static Metadata metadata(Path file) {
    try {
      return ImageMetadataReader.readMetadata(file.toFile());
    } catch (ImageProcessingException | IOException | RuntimeException e) {
      return new Metadata();
    }
  }

  private void image(Path file, String mediaType) throws IOException {
    Metadata metadata = metadata(file);
    put(Fact.ORIENTATION, orientation(file, mediaType).ordinal() + 1);
    size(file, metadata);
    for (Directory exif : metadata.getDirectoriesOfType(ExifIFD0Directory.class)) {
      put(Fact.MAKE, exif.getString(ExifDirectoryBase.TAG_MAKE));
      put(Fact.MODEL, exif.getString(ExifDirectoryBase.TAG_MODEL));
      put(Fact.ARTIST, exif.getString(ExifDirectoryBase.TAG_ARTIST));
      put(Fact.SOFTWARE, exif.getString(ExifDirectoryBase.TAG_SOFTWARE));
      put(Fact.DESCRIPTION, exif.getString(ExifDirectoryBase.TAG_IMAGE_DESCRIPTION));
    }
    for (Directory exif : metadata.getDirectoriesOfType(ExifSubIFDDirectory.class)) {
      exposure(exif);
    }
    for (GpsDirectory gps : metadata.getDirectoriesOfType(GpsDirectory.class)) {
      place(gps);
    }
  }

  private void size(Path path, Metadata metadata) throws IOException {
    HeifDirectory heif = metadata.getFirstDirectoryOfType(HeifDirectory.class);
    if (heif != null) {
      put(Fact.WIDTH, heif.getInteger(HeifDirectory.TAG_IMAGE_WIDTH));
      put(Fact.HEIGHT, heif.getInteger(HeifDirectory.TAG_IMAGE_HEIGHT));
      return;
    }
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
        ImageInputStream in = new FileImageInputStream(file)) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (readers.hasNext()) {
        ImageReader reader = readers.next();
        reader.setInput(in, false, true);
        put(Fact.WIDTH, reader.getWidth(0));
        put(Fact.HEIGHT, reader.getHeight(0));
        reader.dispose();
      }
    }
  }

  private void exposure(Directory exif) {
    Matcher time =
        EXIF_TIME.matcher(String.valueOf(exif.getString(ExifDirectoryBase.TAG_DATETIME_ORIGINAL)));
    if (time.matches()) {
      put(
          Fact.TAKEN,
          "%s-%s-%sT%s".formatted(time.group(1), time.group(2), time.group(3), time.group(4)));
    }
    put(Fact.LENS, exif.getString(ExifDirectoryBase.TAG_LENS_MODEL));
    put(Fact.ISO, exif.getInteger(ExifDirectoryBase.TAG_ISO_EQUIVALENT));
    Double aperture = exif.getDoubleObject(ExifDirectoryBase.TAG_FNUMBER);
    if (isPositive(aperture)) {
      put(Fact.APERTURE, String.format(Locale.ROOT, "f/%.1f", aperture));
    }
    Double length = exif.getDoubleObject(ExifDirectoryBase.TAG_FOCAL_LENGTH);
    if (isPositive(length)) {
      put(Fact.FOCAL_LENGTH, String.format(Locale.ROOT, "%.0f mm", length));
    }
    Double seconds = exif.getDoubleObject(ExifDirectoryBase.TAG_EXPOSURE_TIME);
    if (isPositive(seconds)) {
      put(
          Fact.EXPOSURE,
          seconds < 0.4
              ? "1/" + Math.round(1 / seconds) + " s"
              : String.format(Locale.ROOT, "%.1f s", seconds));
    }
  }

  private static boolean isPositive(@Nullable Double number) {
    return number != null && Double.isFinite(number) && number > 0;
  }

  private void place(GpsDirectory gps) {
    GeoLocation place = gps.getGeoLocation();
    if (place != null && !place.isZero()) {
      put(Fact.LATITUDE, String.format(Locale.ROOT, "%.6f", place.getLatitude()));
      put(Fact.LONGITUDE, String.format(Locale.ROOT, "%.6f", place.getLongitude()));
    }
    Rational height = gps.getRational(GpsDirectory.TAG_ALTITUDE);
    if (height != null && !height.isZero() && height.getDenominator() != 0) {
      Integer below = gps.getInteger(GpsDirectory.TAG_ALTITUDE_REF);
      double metres = below != null && below == 1 ? -height.doubleValue() : height.doubleValue();
      put(Fact.ALTITUDE, String.format(Locale.ROOT, "%.1f", metres));
    }
  }

  private void document(Path file) throws IOException {
    try (PDDocument document = Documents.open(file)) {
      put(Fact.PAGES, document.getNumberOfPages());
      PDDocumentInformation information = document.getDocumentInformation();
      put(Fact.TITLE, information.getTitle());
      put(Fact.ARTIST, information.getAuthor());
      put(Fact.SOFTWARE, information.getCreator());
      put(Fact.DESCRIPTION, information.getSubject());
    }
  }

  private void put(Fact fact, @Nullable Object value) {
    if (value != null) {
      facts.putIfAbsent(fact, value.toString());
    }
  }
}
