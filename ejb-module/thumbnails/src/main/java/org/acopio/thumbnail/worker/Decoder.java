package org.acopio.thumbnail.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.acopio.thumbnail.Outcome;
import org.acopio.thumbnail.Outcome.Details;
import org.acopio.thumbnail.Outcome.Refused;
import org.acopio.thumbnail.Reason;
import org.acopio.thumbnail.Request;

/** Answers requests, whatever is in the files. */
final class Decoder {
  private static final String PDF = "application/pdf";

  private final Stills stills = new Stills();
  private final Documents documents = new Documents();

  Outcome answer(Request request) {
    try {
      Path file = Path.of(request.file());
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        return new Refused(Reason.UNREADABLE);
      }
      return switch (request.task()) {
        case PICTURE -> picture(file, request);
        case DETAILS -> new Details(Inspector.facts(file, request.mediaType()));
      };
    } catch (Unshowable e) {
      return new Refused(e.reason());
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // Decoders meet damage with exceptions of every kind, and nested objects with the last.
      System.err.println(request.mediaType() + ": " + e);
      return new Refused(Reason.UNREADABLE);
    } catch (LinkageError e) {
      // A Java without the libraries of its java.desktop module.
      System.err.println("this Java cannot draw: " + e);
      return new Refused(Reason.FAILED);
    }
  }

  private Outcome picture(Path file, Request request) throws IOException {
    String type = request.mediaType();
    if (type.equals(PDF)) {
      return documents.picture(file, request);
    }
    if (type.startsWith("image/")) {
      return type.startsWith("image/svg")
          ? new Refused(Reason.UNSUPPORTED)
          : stills.picture(file, request);
    }
    Optional<byte[]> cover = Tags.of(file, type).cover();
    return cover.isPresent()
        ? stills.picture(cover.get(), request)
        : new Refused(Reason.UNSUPPORTED);
  }
}
