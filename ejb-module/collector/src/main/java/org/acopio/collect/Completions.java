package org.acopio.collect;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.CatalogException;
import org.acopio.collect.Committer.Candidate;
import org.acopio.media.MediaDetector;
import org.acopio.remote.Completion;
import org.acopio.remote.FileDigest;
import org.acopio.remote.Receipt;
import org.acopio.remote.Refused;
import org.acopio.remote.Refused.Reason;
import org.acopio.remote.Sha256;
import org.acopio.remote.StoredFile;
import org.acopio.storage.Storage;
import org.acopio.storage.Storage.Judgement;
import org.acopio.storage.StorageException;
import org.acopio.storage.Upload;
import org.acopio.storage.UploadKey;

/** Turns uploads that are sent whole into receipts. */
final class Completions {
  private static final Logger LOG = System.getLogger(Completions.class.getName());

  private final Storage storage;
  private final Catalog catalog;
  private final Committer committer;
  private final Doubts doubts;
  private final Chronicle chronicle;

  /**
   * Contents that are being committed: an equal one waits, and shares the disk space of the first.
   */
  private final Map<Sha256, CompletableFuture<Receipt>> underWay = new ConcurrentHashMap<>();

  Completions(
      Storage storage, Catalog catalog, Committer committer, Doubts doubts, Chronicle chronicle) {
    this.storage = storage;
    this.catalog = catalog;
    this.committer = committer;
    this.doubts = doubts;
    this.chronicle = chronicle;
  }

  /** A candidate and where in the answer it belongs. */
  private record Waiting(int place, Candidate candidate) {}

  List<Completion> finish(OpenCollection collection, List<FileDigest> files)
      throws InterruptedException {
    Completion[] answers = new Completion[files.size()];
    List<Waiting> candidates = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    List<Integer> repeats = new ArrayList<>();
    for (int i = 0; i < answers.length; i++) {
      if (seen.add(files.get(i).upload())) {
        judge(collection, files.get(i), i, answers, candidates);
      } else {
        repeats.add(i);
      }
    }
    while (!candidates.isEmpty()) {
      candidates = commit(collection, candidates, answers);
    }
    for (int i : repeats) {
      answers[i] = ended(collection, files.get(i).upload());
    }
    return List.of(answers);
  }

  /**
   * The receipt for a file whose content this agent has delivered under another path.
   *
   * @throws CatalogException when nobody knows whether the catalog has it
   */
  Optional<Receipt> adopt(OpenCollection collection, UploadKey key, StoredFile stored) {
    Optional<Upload> upload = storage.adopt(key, stored.receipt().storedAs());
    if (upload.isEmpty()) {
      return Optional.empty();
    }
    Candidate candidate =
        new Candidate(upload.get(), collection, stored.receipt().digest(), stored.mediaType());
    committer.submit(List.of(candidate));
    try {
      return Optional.of(candidate.receipt().get());
    } catch (ExecutionException e) {
      LOG.log(Level.WARNING, "a file that is in the store gets no second name", e.getCause());
      if (doubts.about(upload.get().number())
          && e.getCause() instanceof CatalogException unanswered) {
        throw unanswered;
      }
      storage.discard(upload.get());
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private void judge(
      OpenCollection collection,
      FileDigest claim,
      int place,
      Completion[] answers,
      List<Waiting> candidates) {
    Optional<Upload> upload =
        storage
            .find(claim.upload())
            .filter(found -> found.key().agent().equals(collection.agentId));
    if (upload.isEmpty()) {
      answers[place] = ended(collection, claim.upload());
      return;
    }
    try {
      if (doubts.about(claim.upload())) {
        doubts.settle();
      }
      judge(collection, upload.get(), claim, place, answers, candidates);
    } catch (CatalogException e) {
      answers[place] = notCommitted(collection, upload.get(), e);
    } catch (StorageException e) {
      answers[place] = refused(collection, upload.get(), e);
    }
  }

  private void judge(
      OpenCollection collection,
      Upload upload,
      FileDigest claim,
      int place,
      Completion[] answers,
      List<Waiting> candidates) {
    Judgement judgement = storage.judge(upload, claim.digest(), claim.partChecksums());
    if (judgement instanceof Judgement.Missing missing) {
      answers[place] = new Completion.Incomplete(missing.ranges());
    } else if (judgement instanceof Judgement.Damaged damaged) {
      LOG.log(Level.WARNING, "the disk lost parts {0} of {1}", damaged.parts(), upload);
      chronicle.damaged(collection, upload, damaged.parts());
      answers[place] = new Completion.Corrupt(damaged.parts());
    } else if (judgement instanceof Judgement.Different different) {
      chronicle.changed(collection, upload, different.parts());
      answers[place] = new Completion.Changed(different.parts());
    } else {
      Optional<String> type = type(upload);
      if (type.isPresent()) {
        collection.storing(upload.number(), true);
        candidates.add(
            new Waiting(place, new Candidate(upload, collection, claim.digest(), type.get())));
      } else {
        answers[place] = notMedia(collection, upload);
      }
    }
  }

  private Optional<String> type(Upload upload) {
    return MediaDetector.detect(length -> beginning(upload, length), upload.key().path().bytes());
  }

  /** From memory what passed in order, which is enough for all but the rare formats. */
  private byte[] beginning(Upload upload, int length) {
    byte[] passed = upload.head();
    return passed.length >= Math.min(length, upload.key().size())
        ? passed
        : storage.peek(upload, length);
  }

  private Completion notMedia(OpenCollection collection, Upload upload) {
    storage.discard(upload);
    collection.open.remove(upload.number());
    return chronicle.refused(
        collection,
        upload.key().path(),
        new Refused(
            Reason.NOT_MEDIA,
            "the content is neither an image, nor a PDF, nor audio, nor video; only those are collected"));
  }

  /**
   * Commits those whose content nobody else commits now; returns the others, for the next round.
   */
  private List<Waiting> commit(
      OpenCollection collection, List<Waiting> candidates, Completion[] answers)
      throws InterruptedException {
    List<Waiting> mine = new ArrayList<>();
    List<Waiting> later = new ArrayList<>();
    List<CompletableFuture<Receipt>> others = new ArrayList<>();
    for (Waiting one : candidates) {
      CompletableFuture<Receipt> first =
          underWay.putIfAbsent(one.candidate().digest(), one.candidate().receipt());
      if (first == null) {
        mine.add(one);
      } else {
        later.add(one);
        others.add(first);
      }
    }
    try {
      commit(collection, mine.stream().map(Waiting::candidate).toList());
      for (Waiting one : mine) {
        answers[one.place()] = answer(collection, one.candidate());
      }
    } finally {
      mine.forEach(one -> underWay.remove(one.candidate().digest(), one.candidate().receipt()));
    }
    if (mine.isEmpty()) {
      await(others);
    }
    return later;
  }

  private void commit(OpenCollection collection, List<Candidate> candidates) {
    List<Upload> uploads = candidates.stream().map(Candidate::upload).toList();
    try {
      doubts.settle();
      share(candidates);
      storage.settle(uploads);
      committer.submit(candidates);
    } catch (StorageException | CatalogException e) {
      storage.undo(doubts.without(uploads));
      candidates.forEach(candidate -> candidate.receipt().completeExceptionally(e));
    }
  }

  /** Bytes that are in the store already, from any PC, take no disk twice. */
  private void share(List<Candidate> candidates) {
    Set<Sha256> digests = new HashSet<>();
    candidates.forEach(candidate -> digests.add(candidate.digest()));
    if (digests.isEmpty()) {
      return;
    }
    Map<Sha256, List<String>> places = catalog.places(digests);
    for (Candidate candidate : candidates) {
      for (String place : places.getOrDefault(candidate.digest(), List.of())) {
        if (storage.share(candidate.upload(), place)) {
          break;
        }
      }
    }
  }

  private Completion answer(OpenCollection collection, Candidate candidate)
      throws InterruptedException {
    try {
      Receipt receipt = candidate.receipt().get();
      chronicle.stored(collection, receipt);
      return new Completion.Stored(receipt);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StorageException failure) {
        return refused(collection, candidate.upload(), failure);
      }
      if (e.getCause() instanceof CatalogException failure) {
        return notCommitted(collection, candidate.upload(), failure);
      }
      throw new IllegalStateException("a commit failed in an unforeseen way", e.getCause());
    }
  }

  private Completion notCommitted(
      OpenCollection collection, Upload upload, CatalogException failure) {
    // While the catalog is away this is so for every file that is sent; it is an incident of each.
    LOG.log(Level.DEBUG, "a file is not committed", failure);
    return failed(
        collection,
        upload,
        new Refused(Reason.STORE_FAILED, "the catalog: " + failure.getMessage()));
  }

  /** Waits for commits of others; how they end is told to those who wait for them. */
  private static void await(List<CompletableFuture<Receipt>> others) throws InterruptedException {
    for (CompletableFuture<Receipt> other : others) {
      try {
        other.get();
      } catch (ExecutionException e) {
        LOG.log(Level.DEBUG, "a commit of equal content failed", e);
      }
    }
  }

  private static Completion ended(OpenCollection collection, long upload) {
    return collection
        .receipt(upload)
        .<Completion>map(Completion.Stored::new)
        .orElseGet(
            () ->
                new Refused(
                    Reason.UNKNOWN_UPLOAD,
                    "this agent has no upload " + upload + " under way; offer the file again"));
  }

  /** What another call finished meanwhile is no failure. */
  private Completion refused(OpenCollection collection, Upload upload, StorageException failure) {
    boolean elsewhere = failure.reason() == StorageException.Reason.FAILED;
    if (upload.over() && (elsewhere || collection.receipt(upload.number()).isPresent())) {
      return ended(collection, upload.number());
    }
    LOG.log(Level.WARNING, "{0} is not stored: {1}", upload, failure.getMessage());
    boolean full = failure.reason() == StorageException.Reason.FULL;
    return failed(
        collection,
        upload,
        new Refused(full ? Reason.STORE_FULL : Reason.STORE_FAILED, failure.getMessage()));
  }

  private Refused failed(OpenCollection collection, Upload upload, Refused refusal) {
    collection.storing(upload.number(), false);
    if (upload.over()) {
      collection.open.remove(upload.number());
    }
    return chronicle.failed(collection, upload.key().path(), refusal);
  }
}
