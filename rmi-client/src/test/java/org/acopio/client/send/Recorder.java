package org.acopio.client.send;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.acopio.client.scan.FileStamp;
import org.acopio.client.scan.MediaFile;
import org.acopio.remote.Sha256;

/** Writes down what a listener hears. */
class Recorder implements SendListener {
  final Map<Path, FileResult> results = new ConcurrentHashMap<>();
  final Map<Path, Sha256> digests = new ConcurrentHashMap<>();
  final Map<Path, FileStamp> stamps = new ConcurrentHashMap<>();
  final Queue<String> twice = new ConcurrentLinkedQueue<>();
  final List<String> waits = new ArrayList<>();
  final List<Duration> lefts = new ArrayList<>();
  final Queue<String> identities = new ConcurrentLinkedQueue<>();
  final AtomicLong acknowledged = new AtomicLong();
  final AtomicInteger connected = new AtomicInteger();
  final Map<Path, Boolean> started = new ConcurrentHashMap<>();

  @Override
  public void connected(String folder) {
    connected.incrementAndGet();
  }

  @Override
  public synchronized void waiting(
      int attempt, Duration pause, Duration left, ServerTrouble trouble) {
    waits.add(attempt + ": " + trouble.code());
    lefts.add(left);
  }

  @Override
  public void toldApart(byte[] agentKey) {
    identities.add("apart " + AgentKeys.id(agentKey));
  }

  @Override
  public void rekeyed() {
    identities.add("rekeyed");
  }

  @Override
  public void identityNotWritten(Path identity, String detail) {
    identities.add("not written");
  }

  @Override
  public void started(MediaFile file) {
    if (started.put(file.path(), true) != null) {
      twice.add("started " + file.path());
    }
  }

  @Override
  public void acknowledged(long bytes) {
    acknowledged.addAndGet(bytes);
  }

  @Override
  public void digested(MediaFile file, byte[] sha256, Instant since) {
    digests.put(file.path(), Sha256.of(sha256));
    stamps.put(file.path(), file.stamp());
  }

  @Override
  public void finished(FileResult result) {
    if (results.put(result.file().path(), result) != null) {
      twice.add("finished " + result.file().path());
    }
  }
}
