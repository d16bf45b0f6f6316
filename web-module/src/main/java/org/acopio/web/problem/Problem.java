package org.acopio.web.problem;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * An answer that says what is wrong and what to do, as {@code application/problem+json} (RFC 9457).
 *
 * @param trouble what it is
 * @param values what the sentence is about, in the order of its places
 */
public record Problem(Trouble trouble, List<String> values) {
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final ResourceBundle.Control NO_FALLBACK =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  public Problem {
    values = List.copyOf(values);
  }

  /**
   * What is wrong.
   *
   * @param values what the sentence is about, in the order of its places
   */
  public static Problem of(Trouble trouble, Object... values) {
    return new Problem(trouble, Arrays.stream(values).map(String::valueOf).toList());
  }

  /** The sentence in one of {@link Languages#ALL}. */
  public String detail(Locale language) {
    ResourceBundle bundle =
        ResourceBundle.getBundle(Problem.class.getPackageName() + ".Text", language, NO_FALLBACK);
    return new MessageFormat(bundle.getString(trouble.code()), language).format(values.toArray());
  }

  /**
   * Answers a request with it, in the language that the request asks for; says when to come back
   * when the trouble knows.
   */
  public void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Locale language = Languages.of(request.getHeader("Accept-Language"));
    byte[] body = json(language);
    response.setStatus(trouble.status());
    response.setHeader("Content-Language", language.getLanguage());
    if (trouble.retrySeconds() > 0) {
      response.setHeader("Retry-After", Integer.toString(trouble.retrySeconds()));
    }
    response.setContentType(MEDIA_TYPE);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** The answer in one of {@link Languages#ALL}, in UTF-8. */
  public byte[] json(Locale language) {
    JsonArrayBuilder all = Json.createArrayBuilder();
    values.forEach(all::add);
    return Json.createObjectBuilder()
        .add("title", trouble.title())
        .add("status", trouble.status())
        .add("detail", detail(language))
        .add("code", trouble.code())
        .add("values", all)
        .build()
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }
}
