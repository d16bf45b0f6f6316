package org.acopio.proof;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.acopio.catalog.Catalog;
import org.acopio.catalog.KnownAgent;
import org.acopio.catalog.PastCollection;
import org.acopio.catalog.Totals;
import org.acopio.catalog.UnprovenFile;
import org.acopio.remote.FilePath;
import org.acopio.remote.Receipt;
import org.acopio.remote.ServerInfo;
import org.acopio.remote.Sha256;
import org.acopio.remote.StoredFile;

/** One certificate, to be written once. */
final class Certificate {
  private static final String FORMAT = "acopio-certificate 1";
  private static final int PAGE = 1_000;

  private static final String RECEIPTS =
      "Each entry of 'files' is a version of a file that the agent said it has and for which the"
          + " server gave its receipt: at 'storedAt' its bytes were on disk as 'storedAs', synced,"
          + " the SHA-256 that the server computed over them was the agent's, and the catalog had"
          + " committed it. ";

  private static final String UNREAD =
      "The bytes were not read again for this certificate: it rests on the receipts. ";

  private static final String READ =
      "The bytes were read again at 'verifiedAt': where 'verified' is true they had this SHA-256;"
          + " where it is false 'problem' says what was found, and the file is not counted as"
          + " proven. ";

  private static final String REST =
      "Each entry of 'notProven' is what the agent said last of a path, where no file of the store"
          + " proves it. What was said in a collection that has no 'ended', because it is open or"
          + " the server died, and was not stored, is not known. The 'sha256' beside this"
          + " certificate shows a change by accident; it is no signature.";

  private final Catalog catalog;
  private final Rehash rehash;
  private final Clock clock;
  private final Subject subject;
  private final boolean verify;

  /** When the newest of the collections ended, or began as long as it has no end. */
  private Instant last;

  private long proven;
  private long provenBytes;
  private long damaged;
  private long unproven;
  private long unprovenBytes;

  Certificate(Catalog catalog, Rehash rehash, Clock clock, Subject subject, boolean verify) {
    this.catalog = catalog;
    this.rehash = rehash;
    this.clock = clock;
    this.subject = subject;
    this.verify = verify;
    last = subject.agent().lastSeen();
  }

  Outcome write(ServerInfo server, OutputStream out) throws IOException {
    DigestOutputStream digesting = new DigestOutputStream(out, Sha256.start());
    out.write("{\"certificate\":".getBytes(StandardCharsets.US_ASCII));
    content(new CanonicalJson(digesting), server);
    Sha256 digest = Sha256.finish(digesting.getMessageDigest());
    out.write((",\"sha256\":\"" + digest + "\"}\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return new Outcome(proven, provenBytes, damaged, unproven);
  }

  private void content(CanonicalJson json, ServerInfo server) throws IOException {
    KnownAgent agent = subject.agent();
    Optional<PastCollection> one = subject.collection();
    json.object();
    agent(json.name("agent"));
    collections(json.name("collections"));
    files(json.name("files"));
    json.name("format").value(FORMAT);
    json.name("from").value(one.map(PastCollection::openedAt).orElse(agent.firstSeen()).toString());
    json.name("issued").value(clock.instant().toString());
    notProven(json.name("notProven"));
    json.name("scope").value(one.isPresent() ? "collection" : "agent");
    json.name("server").value("Acopio " + server.version());
    json.name("statement").value(RECEIPTS + (verify ? READ : UNREAD) + REST);
    json.name("store").value(server.storeId());
    summary(json.name("summary"));
    json.name("to").value(last.toString());
    json.name("verified").value(verify);
    json.end();
  }

  private void agent(CanonicalJson json) throws IOException {
    KnownAgent agent = subject.agent();
    json.object().name("addresses").array();
    for (String address : agent.addresses()) {
      json.value(address);
    }
    json.end().name("hostName").value(agent.hostName());
    json.name("id").value(agent.id().toString());
    json.name("version").value(agent.version()).end();
  }

  private void collections(CanonicalJson json) throws IOException {
    json.array();
    if (subject.collection().isPresent()) {
      collection(json, subject.collection().get());
    } else {
      long before = Long.MAX_VALUE;
      List<PastCollection> page;
      do {
        page =
            catalog
                .clients()
                .collections(Optional.of(subject.agent().number()), Optional.empty(), before, PAGE);
        for (PastCollection one : page) {
          collection(json, one);
          before = one.number();
        }
      } while (page.size() == PAGE);
    }
    json.end();
  }

  private void collection(CanonicalJson json, PastCollection one) throws IOException {
    if (one.closedAt().filter(last::isBefore).isPresent() || subject.collection().isPresent()) {
      last = one.closedAt().orElse(one.openedAt());
    }
    json.object().name("address").value(one.address());
    if (one.claim().isPresent()) {
      json.name("ended").value(one.claim().get().ending().word());
    }
    if (one.closedAt().isPresent()) {
      json.name("endedAt").value(one.closedAt().get().toString());
    }
    json.name("number").value(one.number());
    json.name("openedAt").value(one.openedAt().toString());
    if (one.claim().isPresent()) {
      Totals said = one.claim().get().said();
      json.name("saidBytes").value(said.bytes());
      json.name("saidFiles").value(said.files());
    }
    json.end();
  }

  private void files(CanonicalJson json) throws IOException {
    json.array();
    if (subject.collection().isPresent()) {
      long[] numbers =
          catalog.claims().proof(subject.collection().get().number()).orElse(new long[0]);
      for (int from = 0; from < numbers.length; from += PAGE) {
        long[] some = Arrays.copyOfRange(numbers, from, Math.min(from + PAGE, numbers.length));
        files(json, catalog.claims().files(subject.agent().number(), some));
      }
    } else {
      long after = 0;
      List<StoredFile> page;
      do {
        page = catalog.list(subject.agent().number(), after, PAGE);
        files(json, page);
        after = page.isEmpty() ? after : page.get(page.size() - 1).receipt().file();
      } while (page.size() == PAGE);
    }
    json.end();
  }

  private void files(CanonicalJson json, List<StoredFile> files) throws IOException {
    for (StoredFile file : files) {
      Optional<String> problem = verify ? rehash.problem(file.receipt()) : Optional.empty();
      if (problem.isEmpty()) {
        proven++;
        provenBytes += file.receipt().size();
      } else {
        damaged++;
      }
      file(json, file, problem);
    }
  }

  private void file(CanonicalJson json, StoredFile file, Optional<String> problem)
      throws IOException {
    Receipt receipt = file.receipt();
    json.object().name("mediaType").value(file.mediaType());
    json.name("modified").value(file.modified().toString());
    json.name("number").value(receipt.file());
    path(json, file.path());
    if (problem.isPresent()) {
      json.name("problem").value(problem.get());
    }
    json.name("sha256").value(receipt.digest().toString());
    json.name("size").value(receipt.size());
    json.name("storedAs").value(receipt.storedAs());
    json.name("storedAt").value(receipt.storedAt().toString());
    if (verify) {
      json.name("verified").value(problem.isEmpty());
      json.name("verifiedAt").value(clock.instant().toString());
    }
    json.name("version").value(receipt.version());
    json.end();
  }

  /** As text, and as bytes where the text does not have all of them. */
  private static void path(CanonicalJson json, FilePath path) throws IOException {
    byte[] bytes = path.bytes();
    String text = path.toString();
    json.name("path").value(text);
    if (!Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8))) {
      json.name("pathBase64").value(Base64.getEncoder().encodeToString(bytes));
    }
  }

  private void notProven(CanonicalJson json) throws IOException {
    json.array();
    Optional<Long> collection = subject.collection().map(PastCollection::number);
    Optional<FilePath> after = Optional.empty();
    List<UnprovenFile> page;
    do {
      page = catalog.claims().unproven(subject.agent().number(), collection, after, PAGE);
      for (UnprovenFile file : page) {
        unproven++;
        unprovenBytes += file.size();
        unproven(json, file);
        after = Optional.of(file.path());
      }
    } while (page.size() == PAGE);
    json.end();
  }

  private static void unproven(CanonicalJson json, UnprovenFile file) throws IOException {
    json.object().name("detail").value(file.detail());
    json.name("modified").value(file.modified().toString());
    path(json, file.path());
    json.name("reason").value(file.reason());
    json.name("saidAt").value(file.saidAt().toString());
    json.name("size").value(file.size()).end();
  }

  private void summary(CanonicalJson json) throws IOException {
    json.object().name("damaged").value(damaged);
    json.name("notProven").value(unproven);
    json.name("notProvenBytes").value(unprovenBytes);
    json.name("proven").value(proven);
    json.name("provenBytes").value(provenBytes);
    json.name("said").value(proven + damaged + unproven);
    json.end();
  }
}
