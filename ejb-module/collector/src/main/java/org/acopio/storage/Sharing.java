package org.acopio.storage;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.acopio.storage.UploadJournal.Entry;

/** Lets uploads take the bytes of stored files, by links, and gives them their own again. */
final class Sharing {
  private static final Logger LOG = System.getLogger(Sharing.class.getName());

  private final PartialFiles files;
  private final Uploads uploads;
  private final UploadJournal journal;
  private final Folders folders;
  private final Disk disk;

  Sharing(PartialFiles files, Uploads uploads, Folders folders, Disk disk) {
    this.files = files;
    this.uploads = uploads;
    this.journal = uploads.journal();
    this.folders = folders;
    this.disk = disk;
  }

  /** Begins an upload with the bytes of a stored file; nothing when the disk cannot. */
  Optional<Upload> adopt(UploadKey key, String storedAs) {
    Upload upload = uploads.fresh(key);
    upload.share(true);
    upload.seal(true);
    try {
      disk.link(files.of(upload), folders.resolve(storedAs));
    } catch (IOException | UnsupportedOperationException e) {
      LOG.log(Level.DEBUG, "cannot share {0}: {1}", storedAs, e);
      return Optional.empty();
    }
    try {
      return Optional.of(uploads.start(List.of(upload)).get(0));
    } catch (StorageException e) {
      files.drop(files.of(upload));
      throw e;
    }
  }

  /** Lets a complete upload have the bytes of a stored file that is equal byte by byte. */
  boolean share(Upload upload, String storedAs) {
    Path stored = folders.resolve(storedAs);
    Path same = files.beside(upload, "same");
    synchronized (upload) {
      try {
        if (upload.shared() && Files.isSameFile(files.of(upload), stored)) {
          return true;
        }
        if (Files.mismatch(files.of(upload), stored) >= 0) {
          return false;
        }
        Files.deleteIfExists(same);
        disk.link(same, stored);
        journal.append(List.of(new Entry.Share(upload.number())));
        files.replace(upload, same);
        upload.share(true);
        return true;
      } catch (IOException | UnsupportedOperationException e) {
        LOG.log(Level.DEBUG, "cannot share {0}: {1}", storedAs, e);
        files.drop(same);
        return false;
      }
    }
  }

  /** Bytes that an upload shares with a stored file are never written to. */
  void own(Storage.Piece piece) throws IOException {
    Upload upload = piece.upload();
    long end = piece.offset() + piece.bytes().remaining();
    if (upload.shared() && !upload.arrived().gaps(piece.offset(), end).isEmpty()) {
      Path own = files.beside(upload, "own");
      Files.copy(files.of(upload), own, StandardCopyOption.REPLACE_EXISTING);
      files.replace(upload, own);
      journal.append(List.of(new Entry.Own(upload.number())));
      upload.share(false);
    }
  }
}
