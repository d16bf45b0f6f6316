package org.acopio.web.content;

import jakarta.ejb.EJB;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.acopio.catalog.CatalogException;
import org.acopio.remote.StoredFile;
import org.acopio.server.Acopio;
import org.acopio.web.problem.Problem;
import org.acopio.web.problem.ProblemException;
import org.acopio.web.problem.Trouble;

/**
 * {@code /content/zip?file=NUMBER,NUMBER&file=NUMBER…}, by GET or as a form by POST: many collected
 * files as one. Source: docs/protocols.md, Content over HTTP.
 */
@WebServlet(name = "content-zip", urlPatterns = "/content/zip")
public class ZipServlet extends HttpServlet {
  /** The most files of one zip. */
  static final int MAX_FILES = 10_000;

  /** Payara drops parameters beyond this number without a word. */
  private static final int CONTAINERS_LIMIT = 10_000;

  /** How many are made at once: each holds a thread and reads the disk from end to end. */
  private static final int AT_ONCE = 8;

  @Serial private static final long serialVersionUID = 1L;

  private final transient Semaphore free = new Semaphore(AT_ONCE);
  @EJB private transient Acopio acopio;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Answers.harmless(response);
    try {
      Set<Long> numbers = numbers(request.getParameterMap());
      List<StoredFile> files = acopio.catalog().files(numbers);
      if (files.isEmpty()) {
        throw new ProblemException(Trouble.NONE_OF_THESE_FILES);
      }
      if (!free.tryAcquire()) {
        throw new ProblemException(Trouble.ARCHIVES_BUSY, AT_ONCE);
      }
      try {
        send(numbers, files, response);
      } finally {
        free.release();
      }
    } catch (ProblemException e) {
      e.problem().answer(request, response);
    } catch (CatalogException e) {
      ProblemException.of(e).problem().answer(request, response);
    }
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    doGet(request, response);
  }

  @Override
  protected void doHead(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Answers.harmless(response);
    response.setHeader("Allow", "GET, POST");
    Problem.of(Trouble.NOT_KNOWN_BEFORE).answer(request, response);
  }

  private void send(Set<Long> numbers, List<StoredFile> files, HttpServletResponse response)
      throws IOException {
    Set<Long> found = files.stream().map(file -> file.receipt().file()).collect(Collectors.toSet());
    List<String> missing =
        numbers.stream()
            .filter(number -> !found.contains(number))
            .map(number -> number + ": there is no such file / no existe tal archivo")
            .toList();
    response.setContentType("application/zip");
    response.setHeader(
        "Content-Disposition",
        Disposition.of(false, "acopio-" + LocalDate.now(acopio.clock()) + ".zip"));
    new ZipWriter(acopio.storage()).write(files, missing, response.getOutputStream());
  }

  /** Distinct and in the order in which they were asked for. */
  static Set<Long> numbers(Map<String, String[]> parameters) {
    int count = parameters.values().stream().mapToInt(values -> values.length).sum();
    if (count >= CONTAINERS_LIMIT) {
      throw new ProblemException(Trouble.TOO_MANY_PARAMETERS, CONTAINERS_LIMIT - 1);
    }
    Set<Long> numbers = new LinkedHashSet<>();
    for (String value : parameters.getOrDefault("file", new String[0])) {
      for (String word : value.split(",", -1)) {
        if (!word.matches("\\d{1,18}")) {
          throw new ProblemException(Trouble.NOT_FILE_NUMBERS);
        }
        numbers.add(Long.valueOf(word));
        if (numbers.size() > MAX_FILES) {
          throw new ProblemException(Trouble.TOO_MANY_FILES, MAX_FILES);
        }
      }
    }
    if (numbers.isEmpty()) {
      throw new ProblemException(Trouble.NO_FILES_NAMED);
    }
    return numbers;
  }
}
