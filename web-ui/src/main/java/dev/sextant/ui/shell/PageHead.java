package dev.sextant.ui.shell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinServiceInitListener;
import com.vaadin.flow.server.VaadinServletContext;
import com.vaadin.flow.server.communication.IndexHtmlResponse;
import dev.sextant.ui.gateway.Assets;
import dev.sextant.ui.i18n.Texts;
import jakarta.servlet.http.Cookie;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Puts the style sheet, the client components and their texts into every page's head, in the
 * language and colours the browser asks for, and sets the same language in Flow.
 */
public final class PageHead implements VaadinServiceInitListener {
  private static final long serialVersionUID = 1;
  private static final JsonMapper JSON = new JsonMapper();
  private static final String THEME_COOKIE = "sextant_theme";

  @Override
  public void serviceInit(ServiceInitEvent event) {
    event.addIndexHtmlRequestListener(PageHead::fill);
    event
        .getSource()
        .addUIInitListener(
            init -> {
              Locale locale = locale(VaadinRequest.getCurrent());
              init.getUI().getSession().setLocale(locale);
              init.getUI().setLocale(locale);
            });
  }

  private static void fill(IndexHtmlResponse response) {
    VaadinRequest request = response.getVaadinRequest();
    VaadinServletContext context = (VaadinServletContext) request.getService().getContext();
    Assets assets = (Assets) context.getContext().getAttribute(Pages.ASSETS);
    Locale locale = locale(request);
    Document page = response.getDocument();
    Element html = page.getElementsByTag("html").first();
    if (html != null) {
      html.attr("lang", locale.getLanguage());
      String theme = cookie(request, THEME_COOKIE);
      if (theme != null && (theme.equals("light") || theme.equals("dark"))) {
        html.addClass(theme);
      }
    }
    Map<String, Object> given =
        Map.of(
            "language", locale.getLanguage(),
            "charts", assets.charts(),
            "texts", Texts.of(locale));
    // First in the head, and so before the router: see core/state.js.
    Element script = page.head().prependElement("script");
    script.attr("src", assets.script()).attr("defer", true);
    page.head()
        .prependElement("script")
        .attr("type", "application/json")
        .attr("id", "sx-given")
        .appendChild(new DataNode(json(given)));
    page.head().prependElement("link").attr("rel", "stylesheet").attr("href", assets.style());
  }

  /** JSON that may stand inside a script element. */
  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts are strings", e);
    }
  }

  private static Locale locale(VaadinRequest request) {
    return Texts.choose(cookie(request, Texts.COOKIE), Collections.list(request.getLocales()));
  }

  private static @Nullable String cookie(VaadinRequest request, String name) {
    Cookie[] cookies = request.getCookies();
    for (Cookie cookie : cookies == null ? new Cookie[0] : cookies) {
      if (cookie.getName().equals(name)) {
        return cookie.getValue();
      }
    }
    return null;
  }
}
