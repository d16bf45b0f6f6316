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
import org.acopio.remote.Receipt;
import org.acopio.remote.StoredFile;
import org.acopio.server.Acopio;
import org.acopio.storage.StorageException;
import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;

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
        throw new ProblemException(
            Trouble.NO_SUCH_FILE, target.map(one -> Long.toString(one.file())).orElse(""));
      }
      answer(target.get().view(), files.get(0), request, response);
    } catch (ProblemException e) {
      e.problem().answer(request, response);
    } catch (CatalogException e) {
      ProblemException.of(e).problem().answer(request, response);
    }
  }

  private void answer(
      Target.View view, StoredFile file, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      switch (view) {
        case BYTES -> bytes.send(file, request, response);
        case THUMBNAIL -> pictures.thumbnail(file, request, response);
        case PAGE -> pictures.page(file, request, response);
        case METADATA -> pictures.metadata(file, response);
      }
    } catch (StorageException e) {
      throw notRead(file.receipt(), e);
    }
  }

  private ProblemException notRead(Receipt stored, StorageException failure) {
    return acopio.storage().holds(stored.storedAs(), stored.size())
        ? new ProblemException(Trouble.STORED_FILE_UNREADABLE, stored.storedAs(), failure.said())
        : new ProblemException(Trouble.STORED_FILE_GONE, stored.storedAs(), stored.size());
  }
}
