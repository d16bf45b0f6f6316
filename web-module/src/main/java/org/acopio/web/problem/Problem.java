package org.acopio.web.problem;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
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

  static Problem of(Trouble trouble, Object... values) {
    return new Problem(trouble, Arrays.stream(values).map(String::valueOf).toList());
  }

  /** The sentence in one of {@link Languages#ALL}. */
  public String detail(Locale language) {
    ResourceBundle bundle =
        ResourceBundle.getBundle(Problem.class.getPackageName() + ".Text", language, NO_FALLBACK);
    return new MessageFormat(bundle.getString(trouble.code()), language).format(values.toArray());
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
