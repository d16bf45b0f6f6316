package org.acopio.web.rest;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Base64;
import java.util.Optional;
import org.acopio.catalog.FolderPage;
import org.acopio.catalog.FolderPage.Place;
import org.acopio.remote.FilePath;
import org.acopio.web.figures.Building;
import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;
import org.jspecify.annotations.Nullable;

/**
 * Folders as JSON. Names are bytes that need not be text, so a folder is asked for by its bytes in
 * base64 (RFC 4648, 5), and a page by where the one before ended.
 */
final class FolderJson {
  private static final int MAX_TOKEN = FilePath.MAX_BYTES * 4 / 3 + 32;

  private FolderJson() {}

  static String token(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The bytes of a token; none when it is not given. */
  static byte[] bytes(String name, @Nullable String token) {
    if (token == null) {
      return new byte[0];
    }
    if (token.length() <= MAX_TOKEN) {
      try {
        return Base64.getUrlDecoder().decode(token);
      } catch (IllegalArgumentException e) {
        // Said below, together with those that are too long.
      }
    }
    throw new ProblemException(Trouble.NOT_FROM_HERE, name);
  }

  static String place(Place place) {
    return (place.file() ? "f" : "d") + place.number() + "." + token(place.name());
  }

  static Optional<Place> place(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    int dot = text.indexOf('.');
    if (dot < 2 || text.charAt(0) != 'f' && text.charAt(0) != 'd') {
      throw new ProblemException(Trouble.NOT_FROM_HERE, "after");
    }
    long number = Numbers.parse("after", text.substring(1, dot), 0, Long.MAX_VALUE, 0);
    return Optional.of(
        new Place(text.charAt(0) == 'f', bytes("after", text.substring(dot + 1)), number));
  }

  static JsonObject page(FolderPage page) {
    JsonArrayBuilder folders = Building.array();
    page.folders()
        .forEach(
            folder ->
                folders.add(
                    Building.object()
                        .add("name", folder.name())
                        .add("folder", token(folder.path()))
                        .add("files", folder.files())
                        .add("bytes", folder.bytes())));
    JsonArrayBuilder files = Building.array();
    page.files()
        .forEach(
            file ->
                files.add(
                    Building.object()
                        .add("number", file.number())
                        .add("name", file.name())
                        .add("version", file.version())
                        .add("size", file.size())
                        .add("mediaType", file.mediaType())));
    JsonObjectBuilder answer = Building.object().add("folders", folders).add("files", files);
    page.next().ifPresent(next -> answer.add("next", place(next)));
    return answer.build();
  }
}
