package dev.sextant.ui.shell;

import com.vaadin.flow.server.VaadinRequest;
import dev.sextant.ui.i18n.Texts;
import jakarta.servlet.http.Cookie;
import java.util.Collections;
import java.util.Locale;

/**
 * What a user chose in this browser, kept in cookies so that the server and the scripts agree.
 *
 * @param theme {@code light}, {@code dark} or {@code system}
 * @param zone {@code local} for the browser's time zone, or {@code utc}
 */
public record Choices(Locale locale, String theme, String zone) {
  /** The choices that come with a request; what is missing or nonsense is the default. */
  public static Choices of(VaadinRequest request) {
    String theme = cookie(request, "sextant_theme");
    return new Choices(
        Texts.choose(cookie(request, Texts.COOKIE), Collections.list(request.getLocales())),
        theme.equals("light") || theme.equals("dark") ? theme : "system",
        cookie(request, "sextant_zone").equals("utc") ? "utc" : "local");
  }

  private static String cookie(VaadinRequest request, String name) {
    Cookie[] cookies = request.getCookies();
    for (Cookie cookie : cookies == null ? new Cookie[0] : cookies) {
      if (cookie.getName().equals(name)) {
        return cookie.getValue();
      }
    }
    return "";
  }
}
