package org.acopio.web.content;

import jakarta.ejb.EJB;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.List;
import java.util.Optional;
import org.acopio.catalog.CatalogException;
import org.acopio.remote.StoredFile;
import org.acopio.server.Acopio;
import org.acopio.storage.StorageException;

/**
 * {@code /content/NUMBER}, {@code …/thumbnail}, {@code …/page} and {@code …/metadata}: a collected
 * file. Source: docs/protocols.md, Content over HTTP.
 */
@WebServlet(name = "content", urlPatterns = "/content/*")
public class ContentServlet extends HttpServlet {
  @Serial private static final long serialVersionUID = 1L;

  @EJB private transient Acopio acopio;
  private transient FileBytes bytes;
  private transient Pictures pictures;

  @Override
  public void init() {
    bytes = new FileBytes(acopio.storage());
    pictures = new Pictures(acopio.thumbnails(), acopio.storage());
  }

  @Override
  protected void doHead(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    doGet(request, response);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Answers.harmless(response);
    try {
      Optional<Target> target = Target.of(request.getPathInfo());
      List<StoredFile> files =
          target.isEmpty() ? List.of() : acopio.catalog().files(List.of(target.get().file()));
      if (files.isEmpty()) {
        Answers.problem(response, HttpServletResponse.SC_NOT_FOUND, "there is no such file");
      } else {
        answer(target.get().view(), files.get(0), request, response);
      }
    } catch (BadRequest e) {
      Answers.problem(response, HttpServletResponse.SC_BAD_REQUEST, e.detail());
    } catch (CatalogException e) {
      Answers.later(response, 5, String.valueOf(e.getMessage()));
    } catch (StorageException e) {
      Answers.problem(
          response, HttpServletResponse.SC_INTERNAL_SERVER_ERROR, String.valueOf(e.getMessage()));
    }
  }

  private void answer(
      Target.View view, StoredFile file, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    switch (view) {
      case BYTES -> bytes.send(file, request, response);
      case THUMBNAIL -> pictures.thumbnail(file, request, response);
      case PAGE -> pictures.page(file, request, response);
      case METADATA -> pictures.metadata(file, response);
    }
  }
}
