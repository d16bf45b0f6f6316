package org.acopio.web.content;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.acopio.remote.StoredFile;
import org.acopio.storage.Storage;
import org.acopio.thumbnail.Outcome;
import org.acopio.thumbnail.Outcome.Details;
import org.acopio.thumbnail.Outcome.Picture;
import org.acopio.thumbnail.Outcome.Refused;
import org.acopio.thumbnail.Reason;
import org.acopio.thumbnail.Request;
import org.acopio.thumbnail.Source;
import org.acopio.thumbnail.Thumbnails;
import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;
import org.jspecify.annotations.Nullable;

/** Sends small pictures of files, and what files say of themselves. */
final class Pictures {
  static final int DEFAULT_BOX = 256;
  private static final int PREVIEW_BOX = Request.MAX_BOX;
  private static final int MAX_PAGE = 100_000;

  /** To be raised when pictures of the same file come out differently. */
  private static final String EDITION = "1";

  /** A file never changes under its number, so its picture is asked for once in a while only. */
  private static final String KEPT = "private, max-age=86400";

  private final Thumbnails thumbnails;
  private final Storage storage;

  Pictures(Thumbnails thumbnails, Storage storage) {
    this.thumbnails = thumbnails;
    this.storage = storage;
  }

  void thumbnail(StoredFile file, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    int box = number("box", request.getParameter("box"), Request.MAX_BOX, DEFAULT_BOX);
    picture(file, box, 1, request, response);
  }

  void page(StoredFile file, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    int page = number("page", request.getParameter("page"), MAX_PAGE, 1);
    picture(file, PREVIEW_BOX, page, request, response);
  }

  void metadata(StoredFile file, HttpServletResponse response) throws IOException {
    Outcome outcome = thumbnails.details(source(file));
    if (outcome instanceof Details details) {
      JsonObjectBuilder json = Json.createObjectBuilder();
      details
          .facts()
          .forEach(
              (fact, text) -> {
                if (fact.number()) {
                  json.add(fact.key(), new BigDecimal(text));
                } else {
                  json.add(fact.key(), text);
                }
              });
      Answers.send(
          response, "application/json", json.build().toString().getBytes(StandardCharsets.UTF_8));
    } else {
      refuse(outcome, response);
    }
  }

  private void picture(
      StoredFile file, int box, int page, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String tag = "\"%s-%d-%d-%s\"".formatted(file.receipt().digest(), box, page, EDITION);
    Conditions conditions = new Conditions(request::getHeader, tag, Instant.MAX);
    if (conditions.verdict() == Conditions.Verdict.NOT_MODIFIED) {
      response.setHeader("ETag", tag);
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    Outcome outcome = thumbnails.picture(source(file), box, page);
    if (outcome instanceof Picture picture) {
      response.setHeader("ETag", tag);
      response.setHeader("Cache-Control", KEPT);
      response.setHeader("X-Original-Size", picture.width() + "x" + picture.height());
      Answers.send(response, picture.mediaType(), picture.bytes());
    } else {
      refuse(outcome, response);
    }
  }

  private Source source(StoredFile file) {
    return new Source(
        storage.locate(file.receipt().storedAs(), file.receipt().size()),
        file.receipt().digest().toString().toLowerCase(Locale.ROOT),
        file.mediaType());
  }

  /**
   * The page that asked shows a sign instead; {@code later} tells it to ask again. That a file has
   * no picture is no error, which browsers would show as one.
   */
  private static void refuse(Outcome outcome, HttpServletResponse response) {
    Reason reason = outcome instanceof Refused refused ? refused.reason() : Reason.FAILED;
    response.setHeader("X-Thumbnail", "none; reason=" + reason.word());
    if (reason == Reason.BUSY) {
      throw new ProblemException(Trouble.PICTURES_BUSY);
    }
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }

  private static int number(String name, @Nullable String text, int most, int fallback) {
    if (text == null || text.isEmpty()) {
      return fallback;
    }
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most) {
      throw new ProblemException(Trouble.NOT_A_NUMBER, name, text, 1, most);
    }
    return Integer.parseInt(text);
  }
}
