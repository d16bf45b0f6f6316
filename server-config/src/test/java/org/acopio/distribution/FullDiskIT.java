package org.acopio.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store, or all that a server keeps, on a small disk of its own, which fills up, has a quota, and
 * is mounted read-only. Needs root, for the quota btrfs and its programs.
 */
class FullDiskIT {
  private static final String RESERVE = "-Dacopio.collect.reserve-bytes=1048576";

  @TempDir Path temp;
  private Path disk;
  private boolean mounted;
  private boolean readOnly;

  @BeforeEach
  void makePlace() throws IOException {
    disk = Files.createDirectory(temp.resolve("disk"));
  }

  private void mountMemory() throws Exception {
    mounted = Root.ran("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk.toString());
    Root.needed(mounted, "this user may not mount a disk, so no disk can be filled");
  }

  @AfterEach
  void unmount() throws Exception {
    if (readOnly) {
      Root.ran("umount", disk.toString());
    }
    Root.ran("umount", temp.resolve("aside").toString());
    if (mounted) {
      Root.ran("umount", "-l", disk.toString());
    }
  }

  /** With its store on the disk, and all else beside it. */
  private ServerProcess serve() throws Exception {
    return ServerProcess.start(
        temp.resolve("data"), "-Dacopio.store.folder=" + disk.resolve("store"), RESERVE);
  }

  private void fill(Path ballast) throws IOException {
    byte[] chunk = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(chunk);
      }
    } catch (IOException e) {
      assertTrue(String.valueOf(e.getMessage()).contains("No space left"), e::toString);
    }
  }

  @Test
  void fullDiskOfTheStoreCostsNothingAndIsOverByItself() throws Exception {
    mountMemory();
    Path data = temp.resolve("data");
    Path store = disk.resolve("store");
    try (ServerProcess server = serve()) {
      fillWhileAnAgentCollects(server, store);
      Checked.assertClean(data, "-Dacopio.store.folder=" + store);
      empty(server);
      Collected.by(0, server.rmiAddress(), journal(), photos()).allArrived(photos(), store);
      Checked.assertClean(data);
      assertEquals(143, server.stop());
    }
  }

  /**
   * As a server is when nobody says otherwise: catalog, log and audit share the disk. The agent may
   * wait until there is room, or give up; what it was told holds.
   */
  @Test
  void fullDiskOfTheWholeServerCostsNothingAndIsOverByItself() throws Exception {
    mountMemory();
    Path data = disk.resolve("data");
    Path store = data.resolve("store");
    new Media(34).library(photos(), 400, 12_000_000);
    try (ServerProcess server = ServerProcess.start(data, RESERVE)) {
      AdminHttp admin = new AdminHttp(server);
      Person inside = Serving.loggedIn(server);
      try (AgentProcess agent =
          Collected.start(Map.of(), server.rmiAddress(), journal(), photos())) {
        StoredFiles.await(store, 20);
        fill(disk.resolve("ballast"));
        Serving.awaitProblem(admin, "store-full", true);
        Serving.assertServes(server, admin, inside);
        empty(server);
        agent.awaitExit();
        Collected.from(agent).receiptsHold(store);
      }
      Collected.by(0, server.rmiAddress(), journal(), photos()).allArrived(photos(), store);
      Checked.assertClean(data);
      assertEquals(143, server.stop());
    }
    Checked.assertClean(data);
  }

  /** The disk has room, only not for this server: its figures do not tell, its answers do. */
  @Test
  void usedUpQuotaIsAFullDiskUntilThereIsAnother() throws Exception {
    Path limited = mountWithQuota("16M");
    Path data = temp.resolve("data");
    Path store = limited.resolve("store");
    new Media(35).library(photos(), 400, 12_000_000);
    try (ServerProcess server =
        ServerProcess.start(data, "-Dacopio.store.folder=" + store, RESERVE)) {
      AdminHttp admin = new AdminHttp(server);
      Person inside = Serving.loggedIn(server);
      try (AgentProcess agent =
          Collected.start(Map.of(), server.rmiAddress(), journal(), photos(), "--patience", "20")) {
        Serving.awaitProblem(admin, "store-full", true);
        Serving.assertServes(server, admin, inside);
        assertTrue(agent.awaitExit() != 0, "what was not stored is not said to be");
        Collected.from(agent).receiptsHold(store);
      }
      Serving.assertServes(server, admin, inside);
      assertTrue(Root.ran("btrfs", "qgroup", "limit", "none", limited.toString()));
      Collected.by(0, server.rmiAddress(), journal(), photos()).allArrived(photos(), store);
      Serving.awaitProblem(admin, "store-full", false);
      Serving.awaitReady(admin);
      Checked.assertClean(data);
      assertEquals(143, server.stop());
    }
  }

  /** A part of the disk in which there is no more room than this, while the disk has much. */
  private Path mountWithQuota(String room) throws Exception {
    Path image = temp.resolve("image");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(256 << 20);
    }
    boolean btrfs = Root.ran("mkfs.btrfs", "-q", "-f", image.toString());
    Assumptions.assumeTrue(btrfs, "skipped: this machine has no mkfs.btrfs, so no quota");
    mounted = Root.ran("mount", "-o", "loop", image.toString(), disk.toString());
    Path limited = disk.resolve("limited");
    Root.needed(
        mounted
            && Root.ran("btrfs", "quota", "enable", disk.toString())
            && Root.ran("btrfs", "subvolume", "create", limited.toString())
            && Root.ran("btrfs", "qgroup", "limit", room, limited.toString()),
        "this user may not mount a file as a disk, so there is no quota");
    return limited;
  }

  private Path photos() {
    return temp.resolve("photos");
  }

  private Path journal() {
    return temp.resolve("journal");
  }

  private void fillWhileAnAgentCollects(ServerProcess server, Path store) throws Exception {
    new Media(31).library(photos(), 400, 12_000_000);
    AdminHttp admin = new AdminHttp(server);
    Person inside = Serving.loggedIn(server);
    try (AgentProcess agent =
        Collected.start(Map.of(), server.rmiAddress(), journal(), photos(), "--patience", "20")) {
      StoredFiles.await(store, 20);
      fill(disk.resolve("ballast"));
      Serving.awaitProblem(admin, "store-full", true);
      Serving.assertServes(server, admin, inside);
      assertTrue(agent.awaitExit() != 0, "what was not stored is not said to be");
      Collected.from(agent).receiptsHold(store);
      Serving.assertServes(server, admin, inside);
    }
  }

  private void empty(ServerProcess server) throws Exception {
    Files.delete(disk.resolve("ballast"));
    AdminHttp admin = new AdminHttp(server);
    Serving.awaitProblem(admin, "store-full", false);
    Serving.awaitReady(admin);
  }

  /**
   * The system lets no disk be mounted read-only while files are open for writing; a mount that was
   * read-only before it is laid over the disk refuses whatever is opened, made or linked from then
   * on.
   */
  @Test
  void readOnlyDiskCostsNothingAndIsOverByItself() throws Exception {
    mountMemory();
    Path aside = Files.createDirectory(temp.resolve("aside"));
    Path store = disk.resolve("store");
    new Media(32).library(photos(), 400, 4_000_000);
    try (ServerProcess server = serve()) {
      AdminHttp admin = new AdminHttp(server);
      Person inside = Serving.loggedIn(server);
      Root.needed(
          Root.ran("mount", "--bind", disk.toString(), aside.toString())
              && Root.ran("mount", "-o", "remount,bind,ro", aside.toString()),
          "this user may not mount a disk read-only");
      try (AgentProcess agent =
          Collected.start(Map.of(), server.rmiAddress(), journal(), photos())) {
        StoredFiles.await(store, 20);
        readOnly = Root.ran("mount", "--bind", aside.toString(), disk.toString());
        Root.needed(readOnly, "this user may not mount a disk read-only");
        Serving.awaitProblem(admin, "store-read-only", true);
        Serving.assertServes(server, admin, inside);
        assertTrue(StoredFiles.count(store) < 401, "it was read-only too late");
        Root.ran("umount", disk.toString());
        readOnly = false;
        agent.awaitExit();
        Collected.from(agent).receiptsHold(store);
      }
      Serving.awaitProblem(admin, "store-read-only", false);
      Collected.by(0, server.rmiAddress(), journal(), photos()).allArrived(photos(), store);
      assertEquals(143, server.stop());
    }
    // What could not be deleted from the working area meanwhile goes with the next start.
    try (ServerProcess again = serve()) {
      Checked.assertClean(temp.resolve("data"));
      assertEquals(143, again.stop());
    }
  }
}
