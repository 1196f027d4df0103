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
import java.util.Locale;
import java.util.Map;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Puts the style sheet, the client components and their texts into every page's head, in the
 * language and colours the browser asks for, and sets the same language in Flow.
 */
public final class PageHead implements VaadinServiceInitListener {
  private static final long serialVersionUID = 1;
  private static final JsonMapper JSON = new JsonMapper();

  @Override
  public void serviceInit(ServiceInitEvent event) {
    event.addIndexHtmlRequestListener(PageHead::fill);
    event
        .getSource()
        .addUIInitListener(
            init -> {
              Locale locale = Choices.of(VaadinRequest.getCurrent()).locale();
              init.getUI().getSession().setLocale(locale);
              init.getUI().setLocale(locale);
            });
  }

  private static void fill(IndexHtmlResponse response) {
    VaadinRequest request = response.getVaadinRequest();
    VaadinServletContext context = (VaadinServletContext) request.getService().getContext();
    Assets assets = (Assets) context.getContext().getAttribute(Pages.ASSETS);
    Choices choices = Choices.of(request);
    Document page = response.getDocument();
    Element html = page.getElementsByTag("html").first();
    if (html != null) {
      html.attr("lang", choices.locale().getLanguage());
      if (!choices.theme().equals("system")) {
        html.addClass(choices.theme());
      }
    }
    Map<String, Object> given =
        Map.of(
            "language", choices.locale().getLanguage(),
            "zone", choices.zone(),
            "charts", assets.charts(),
            "worker", assets.worker(),
            "texts", Texts.of(choices.locale()));
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
}
