package org.acopio.storage;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The folder {@code .quarantine} of a store: what cannot be trusted is moved there, under the
 * moment and the name that it had, and nobody deletes it but a person. A move on one disk: it takes
 * no room and changes no byte. Thread-safe.
 */
final class Quarantine {
  static final String FOLDER = ".quarantine";

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Path store;
  private final Clock clock;
  private final Disk disk;

  Quarantine(Path store, Clock clock, Disk disk) {
    this.store = store;
    this.clock = clock;
    this.disk = disk;
  }

  /**
   * Moves a file of the store there.
   *
   * @param as the name that it gets below the moment
   * @return where it is now, relative to the store
   */
  String take(Path file, String as) throws IOException {
    String moment = MOMENT.format(clock.instant());
    for (int number = 1; ; number++) {
      Path target = store.resolve(FOLDER).resolve(moment + (number == 1 ? "" : "-" + number));
      target = target.resolve(as).normalize();
      Files.createDirectories(target.getParent(), Folders.ownerOnly(store));
      if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        try {
          disk.move(file, target);
        } catch (FileAlreadyExistsException e) {
          continue;
        }
        disk.sync(target.getParent());
        disk.sync(file.getParent());
        return store.relativize(target).toString().replace('\\', '/');
      }
    }
  }
}
