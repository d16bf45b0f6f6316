package org.acopio.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Which files of uploads stay open, and for how long. */
class OpenFilesTest {
  @TempDir Path folder;
  private final Watched disk = new Watched();
  private final OpenFiles files = new OpenFiles(2, disk, new DirectWrites(true, System::nanoTime));

  /** Remembers what was opened. */
  private static final class Watched extends Disk {
    private final List<FileChannel> opened = new ArrayList<>();
    private long allowed = Long.MAX_VALUE;

    @Override
    FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
      if (opened.stream().filter(FileChannel::isOpen).count() >= allowed) {
        throw new FileSystemException(file.toString(), null, "Too many open files");
      }
      FileChannel channel = super.open(file, options);
      opened.add(channel);
      return channel;
    }
  }

  @AfterEach
  void nothingStaysOpen() throws IOException {
    files.close();
    assertEquals(List.of(), open());
  }

  /** Which are open, by the order in which they were opened, from 1. */
  private List<Integer> open() {
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < disk.opened.size(); i++) {
      if (disk.opened.get(i).isOpen()) {
        open.add(i + 1);
      }
    }
    return open;
  }

  private void use(long upload, OpenFiles.Use<List<Integer>> use, List<Integer> expected)
      throws IOException {
    assertEquals(expected, files.use(upload, folder.resolve("" + upload), use));
  }

  private void use(long upload, List<Integer> expected) throws IOException {
    use(upload, channel -> open(), expected);
  }

  @Test
  void thoseThatWereUsedLastStayOpen() throws IOException {
    use(1, List.of(1));
    use(2, List.of(1, 2));
    use(1, List.of(1, 2));
    use(3, List.of(1, 2, 3));
    assertEquals(List.of(1, 3), open());
    use(2, List.of(1, 3, 4));
    assertEquals(List.of(3, 4), open());
  }

  @Test
  void fileThatIsInUseIsClosedAfterItsLastUse() throws IOException {
    use(
        1,
        outer -> {
          use(
              1,
              inner -> {
                files.close(1);
                return open();
              },
              List.of(1));
          return open();
        },
        List.of(1));
    assertEquals(List.of(), open());
    files.close(1);
  }

  @Test
  void nothingInUseIsClosedToMakeRoom() throws IOException {
    use(
        1,
        one -> {
          use(
              2,
              two -> {
                use(3, List.of(1, 2, 3));
                return open();
              },
              List.of(1, 2));
          return open();
        },
        List.of(1, 2));
    assertEquals(List.of(1, 2), open());
  }

  /** As an interrupt of one caller does, for everybody. */
  @Test
  void channelThatSomebodyClosedIsOpenedAnew() throws IOException {
    use(
        1,
        channel -> {
          channel.close();
          return open();
        },
        List.of());
    files.use(1, folder.resolve("1"), channel -> channel.write(ByteBuffer.allocate(3)));
    assertEquals(List.of(2), open());
    assertTrue(disk.opened.get(1).isOpen());
  }

  /** A long run opens the file a second time, past the cache of the system. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void bothWaysToAFileAreClosedTogether() throws IOException {
    Content film = Content.of(1 << 20, 1);
    Path file = folder.resolve("1");
    List<ByteBuffer> run = List.of(film.slice(0, film.size()));
    files.write(1, file, run, 0);
    assertEquals(List.of(1, 2), open());
    use(
        1,
        channel -> {
          channel.close();
          return open();
        },
        List.of(2));
    files.write(1, file, run, film.size());
    assertEquals(List.of(3, 4), open());
    files.use(
        1,
        file,
        channel -> {
          channel.close();
          files.write(1, file, run, 0);
          return open();
        });
    assertEquals(List.of(5, 6), open());
    files.close(1);
    assertEquals(List.of(), open());
    assertEquals(2L * film.size(), Files.size(file));
  }

  /** As where the system allows a process few descriptors. */
  @Test
  void whereNoMoreMayBeOpenedThoseThatNobodyUsesAreClosed() throws IOException {
    use(1, List.of(1));
    use(2, List.of(1, 2));
    disk.allowed = 2;
    use(3, List.of(3));
    use(
        3,
        three -> {
          use(4, List.of(3, 4));
          use(5, List.of(3, 5));
          return open();
        },
        List.of(3, 5));
  }

  @Test
  void whereAllAreInUseThatIsSaid() throws IOException {
    disk.allowed = 1;
    use(
        1,
        one -> {
          assertThrows(FileSystemException.class, () -> use(2, List.of()));
          return open();
        },
        List.of(1));
  }
}
