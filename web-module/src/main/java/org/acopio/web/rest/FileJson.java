package org.acopio.web.rest;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.acopio.catalog.FileDetails;
import org.acopio.library.FilePage;
import org.acopio.media.MediaKind;
import org.acopio.remote.Receipt;
import org.acopio.web.figures.Building;

/** Files as JSON. Fields may be added; those that are there keep name and meaning. */
final class FileJson {
  private FileJson() {}

  /** One file. Its texts come from PCs: they are to be shown, never to be interpreted. */
  static JsonObjectBuilder file(FileDetails file) {
    Receipt receipt = file.file().receipt();
    String path = file.file().path().toString();
    String type = file.file().mediaType();
    return Building.object()
        .add("number", receipt.file())
        .add("name", path.substring(path.lastIndexOf('/') + 1))
        .add("path", path)
        .add("kind", MediaKind.of(type).map(FileJson::word).orElse("other"))
        .add("mediaType", type)
        .add("size", receipt.size())
        .add("modified", file.file().modified().toString())
        .add("stored", receipt.storedAt().toString())
        .add("sha256", receipt.digest().toString())
        .add("version", receipt.version())
        .add("newestVersion", file.newestVersion())
        .add("client", file.address())
        .add("agent", file.agent())
        .add("agentId", file.agentId().toString())
        .add("hostName", file.hostName())
        .add("collection", file.collection())
        .add("storedAs", receipt.storedAs());
  }

  /** A page of what a search found, with figures of all of it. */
  static JsonObject page(FilePage page) {
    JsonObjectBuilder kinds = Building.object();
    for (MediaKind kind : MediaKind.values()) {
      kinds.add(word(kind), page.kinds().getOrDefault(kind, 0L));
    }
    JsonArrayBuilder files = Building.array();
    page.files().forEach(found -> files.add(file(found.file()).add("copies", found.copies())));
    return Building.object()
        .add("matching", page.matching())
        .add("bytes", page.bytes())
        .add("kinds", kinds)
        .add("upTo", page.upTo())
        .add("forgotten", page.forgotten())
        .add("files", files)
        .build();
  }

  /** A list that is complete, or has {@code more} when it is not. */
  static JsonObject list(String name, List<FileDetails> files, int limit) {
    JsonArrayBuilder list = Building.array();
    files.stream().limit(limit).forEach(file -> list.add(file(file)));
    return Building.object().add(name, list).add("more", files.size() > limit).build();
  }

  /** Addresses with how many files came from each. */
  static JsonObject clients(Map<String, Long> clients) {
    JsonArrayBuilder list = Building.array();
    clients.forEach(
        (address, files) -> list.add(Building.object().add("client", address).add("files", files)));
    return Building.object().add("clients", list).build();
  }

  private static String word(MediaKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
