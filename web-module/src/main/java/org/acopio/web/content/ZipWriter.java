package org.acopio.web.content;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.acopio.remote.Sha256;
import org.acopio.remote.StoredFile;
import org.acopio.storage.Storage;
import org.acopio.storage.StorageException;

/**
 * Writes stored files as one zip while they are read. Every byte is compared with what was promised
 * for it: a file that is not on the disk as it was collected is named in {@value #PROBLEMS}, the
 * last file of the zip. A disk that fails in the middle of a file ends the zip without its
 * directory, which every program notices.
 */
final class ZipWriter {
  static final String PROBLEMS = "PROBLEMS.txt";

  /** What the oldest field for times in a zip can hold. */
  private static final Instant EARLIEST = Instant.parse("1980-01-02T00:00:00Z");

  private static final Instant LATEST = Instant.parse("2105-01-01T00:00:00Z");

  private final Storage storage;
  private final ZipNames names = new ZipNames(PROBLEMS);
  private final List<String> problems = new ArrayList<>();

  ZipWriter(Storage storage) {
    this.storage = storage;
  }

  void write(List<StoredFile> files, List<String> missing, OutputStream out) throws IOException {
    problems.addAll(missing);
    try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      // Media is packed already. Not the method "stored", which wants the checksum before the
      // bytes.
      zip.setLevel(Deflater.NO_COMPRESSION);
      for (StoredFile file : files) {
        add(file, zip);
      }
      if (!problems.isEmpty()) {
        zip.putNextEntry(new ZipEntry(PROBLEMS));
        zip.write(report().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
  }

  private void add(StoredFile file, ZipOutputStream zip) throws IOException {
    String storedAs = file.receipt().storedAs();
    try (SeekableByteChannel in = storage.open(storedAs, file.receipt().size())) {
      int slash = storedAs.indexOf('/');
      String address = slash < 0 ? storedAs : storedAs.substring(0, slash);
      ZipEntry entry = new ZipEntry(names.of(address, file.path().toString()));
      entry.setLastModifiedTime(FileTime.from(bounded(file.modified())));
      zip.putNextEntry(entry);
      Sha256 digest = copy(in, zip);
      zip.closeEntry();
      if (!digest.equals(file.receipt().digest())) {
        problems.add(
            entry.getName()
                + ": its bytes are not those that were collected / sus bytes no son los que se recogieron");
      }
    } catch (StorageException e) {
      problems.add(
          SafeName.of(file.path().toString())
              + ": it is not on the server's disk / no está en el disco del servidor");
    }
  }

  private static Sha256 copy(SeekableByteChannel in, OutputStream out) throws IOException {
    MessageDigest digest = Sha256.start();
    ByteBuffer buffer = ByteBuffer.allocate(FileBytes.BUFFER);
    while (in.read(buffer.clear()) >= 0) {
      digest.update(buffer.array(), 0, buffer.position());
      out.write(buffer.array(), 0, buffer.position());
    }
    return Sha256.finish(digest);
  }

  private static Instant bounded(Instant time) {
    if (time.isBefore(EARLIEST)) {
      return EARLIEST;
    }
    return time.isAfter(LATEST) ? LATEST : time;
  }

  private String report() {
    return "Not everything that was asked for is in this archive.\r\n"
        + "No todo lo que se pidió está en este archivo.\r\n\r\n"
        + String.join("\r\n", problems)
        + "\r\n";
  }
}
