package org.acopio.web.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.acopio.web.console.Look;
import org.acopio.web.console.Words;

/** Shows the pages before, beside and after the console, in the look of the console. */
@RequestScoped
public class Sheet {
  private static final String AREA = "login";
  private static final Template FRAME = Template.named("frame.html");
  private static final Template NOTE = Template.named("note.html");

  @Inject private Look look;
  @Inject private Words words;

  /** The words with this key in the person's language. */
  String say(String key, Object... values) {
    return words.of(AREA, key, values);
  }

  /** A sentence to stand out in a page; nothing when it is empty. */
  String note(String kind, String sentence) {
    return sentence.isEmpty()
        ? ""
        : NOTE.fill(Map.of("kind", kind, "sentence", sentence), this::say);
  }

  /** Answers with a page. */
  void show(
      HttpServletRequest request,
      HttpServletResponse response,
      int status,
      String title,
      Template content,
      Map<String, String> values)
      throws IOException {
    Map<String, String> all = new HashMap<>(values);
    all.put("title", title);
    all.put("base", request.getContextPath());
    all.put("language", look.getLocale().getLanguage());
    all.put("theme", look.getTheme());
    all.put("content", content.fill(all, this::say));
    byte[] page = FRAME.fill(all, this::say).getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType("text/html;charset=UTF-8");
    response.setContentLength(page.length);
    if (!request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(page);
    }
  }
}
