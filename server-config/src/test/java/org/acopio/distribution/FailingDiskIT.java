package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk of the store that answers whatever asks for it with an input/output error, and loses what
 * was not durable. Needs root, ext4 on a file, and Perl or Python for the call that lets it fail.
 */
class FailingDiskIT {
  private static final int SMALL = 2_000;
  private static final String RESERVE = "-Dacopio.collect.reserve-bytes=1048576";

  @TempDir Path temp;
  private Path image;
  private Path disk;

  @BeforeEach
  void makeDisk() throws Exception {
    image = temp.resolve("image");
    disk = Files.createDirectory(temp.resolve("disk"));
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(256 << 20);
    }
    Root.needed(
        Root.ran("mkfs.ext4", "-q", "-F", image.toString()) && mount(),
        "this user may not mount a file as a disk, so no disk can fail");
  }

  @AfterEach
  void unmount() throws Exception {
    Root.ran("umount", "-l", disk.toString());
  }

  private boolean mount() throws Exception {
    return Root.ran("mount", "-o", "loop", image.toString(), disk.toString());
  }

  /** EXT4_IOC_SHUTDOWN, which does not even write the journal of the file system. */
  private void fail() throws InterruptedException {
    boolean failed =
        Root.ran(
                "perl",
                "-e",
                "open(D, '<', $ARGV[0]) && ioctl(D, 0x8004587d, pack('I', 2)) || die $!",
                disk.toString())
            || Root.ran(
                "python3",
                "-c",
                "import fcntl, os, struct, sys\n"
                    + "fcntl.ioctl(os.open(sys.argv[1], 0), 0x8004587d, struct.pack('I', 2))",
                disk.toString());
    Root.needed(failed, "neither Perl nor Python can make a disk fail here");
  }

  private void mend() throws Exception {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> Root.ran("umount", disk.toString()));
    assertTrue(!Files.exists(disk.resolve("store")), "the disk is away");
    // It says with 1 that it has mended something.
    Root.ran("e2fsck", "-f", "-p", image.toString());
    assertTrue(Root.ran("e2fsck", "-f", "-n", image.toString()), "the disk is whole");
    assertTrue(mount());
  }

  @Test
  void aDiskThatFailsWhileFilesComeInIsMendedWithoutARestart() throws Exception {
    Path photos = new Media(33).library(temp.resolve("photos"), SMALL, 12_000_000);
    Path data = temp.resolve("data");
    Path store = disk.resolve("store");
    String[] where = {"-Dacopio.store.folder=" + store, RESERVE};
    try (ServerProcess server = ServerProcess.start(data, where)) {
      AdminHttp admin = new AdminHttp(server);
      Person inside = Serving.loggedIn(server);
      try (AgentProcess agent =
          Collected.start(
              Map.of(),
              server.rmiAddress(),
              temp.resolve("journal"),
              photos,
              "--patience",
              "300")) {
        StoredFiles.await(store, 20);
        fail();
        Serving.awaitProblem(admin, "store-away", true);
        assertTrue(said(admin).contains("Input/output error"), said(admin));
        Serving.assertServes(server, admin, inside);
        mend();
        assertTrue(StoredFiles.count(store) < SMALL, "the disk failed too late");
        Serving.awaitProblem(admin, "store-away", false);
        Serving.awaitReady(admin);
        assertEquals(0, agent.awaitExit(), () -> agent.output() + "\n" + server.output());
        Collected.from(agent).allArrived(photos, store);
      }
      assertEquals(143, server.stop());
    }
    // What could not be deleted from the working area meanwhile goes with the next start.
    try (ServerProcess again = ServerProcess.start(data, where)) {
      Checked.assertClean(data);
      assertEquals(SMALL + 1, StoredFiles.count(store), "nothing is stored twice");
      assertEquals(List.of(), Serving.problems(new AdminHttp(again)));
      assertEquals(143, again.stop());
    }
  }

  /**
   * As a server is when nobody says otherwise: catalog, identity and log share the disk. H2 keeps
   * its file open, so that this server has to be stopped for its disk to be mended.
   */
  @Test
  void aDiskOfTheWholeServerThatFailsTakesNothingThatWasSaidToBeStored() throws Exception {
    Path photos = new Media(36).library(temp.resolve("photos"), SMALL, 12_000_000);
    Path data = disk.resolve("data");
    Path store = data.resolve("store");
    Path journal = temp.resolve("journal");
    Collected before;
    try (ServerProcess server = ServerProcess.start(data, RESERVE)) {
      AdminHttp admin = new AdminHttp(server);
      try (AgentProcess agent =
          Collected.start(Map.of(), server.rmiAddress(), journal, photos, "--patience", "5")) {
        StoredFiles.await(store, 20);
        fail();
        assertTrue(agent.awaitExit() != 0, "what was not stored is not said to be");
        before = Collected.from(agent);
      }
      assertEquals(200, admin.get("/health/live").statusCode());
      assertEquals(503, admin.get("/health/ready").statusCode());
      server.stop();
    }
    mend();
    assertTrue(StoredFiles.count(store) < SMALL, "the disk failed too late");
    try (ServerProcess again = ServerProcess.start(data, RESERVE)) {
      before.receiptsHold(store);
      Checked.assertClean(data);
      Collected.by(0, again.rmiAddress(), journal, photos).allArrived(photos, store);
      assertEquals(SMALL + 1, StoredFiles.count(store), "nothing is stored twice");
      assertEquals(143, again.stop());
    }
    Checked.assertClean(data);
  }

  private static String said(AdminHttp admin) throws Exception {
    return admin.get("/api/overview").body();
  }
}
