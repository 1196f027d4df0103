package dev.sextant.ui.shell;

import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.RouterLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brand, top bar and navigation around every page. */
@Tag("div")
public final class MainLayout extends Div implements RouterLayout, AfterNavigationObserver {
  private static final long serialVersionUID = 1;

  /** Navigation entries, and the first path segments that belong to each. */
  private static final List<Entry> ENTRIES =
      List.of(
          new Entry("services", List.of("services", "")),
          new Entry("topology", List.of("topology")),
          new Entry("traces", List.of("traces", "trace")),
          new Entry("logs", List.of("logs")),
          new Entry("metrics", List.of("metrics")),
          new Entry("alerts", List.of("alerts")),
          new Entry("settings", List.of("settings")));

  private record Entry(String name, List<String> segments) implements java.io.Serializable {}

  private final Main content = new Main();
  private final Map<String, Anchor> links = new LinkedHashMap<>();

  /** Built once per browser tab. */
  public MainLayout() {
    addClassName("app");
    content.addClassName("main");
    content.setId("content");
    getElement().appendChild(brand().getElement(), new Element("sx-topbar"));
    add(navigation(), content);
    getElement().appendChild(new Element("sx-keys"));
  }

  private Anchor brand() {
    Anchor brand = new Anchor("/services");
    brand.addClassName("brand");
    brand.getElement().appendChild(new Element("sx-mark"));
    brand.add(new Span("Sextant"));
    return brand;
  }

  private Nav navigation() {
    Nav nav = new Nav();
    nav.addClassName("nav");
    nav.getElement().setAttribute("aria-label", getTranslation("nav.label"));
    for (Entry entry : ENTRIES) {
      if (entry.name().equals("settings")) {
        nav.getElement().appendChild(new Element("hr"));
      }
      nav.add(link(entry.name()));
    }
    Div space = new Div();
    space.addClassName("sp");
    nav.add(space);
    nav.getElement().appendChild(new Element("sx-collapse"));
    return nav;
  }

  private Anchor link(String name) {
    Anchor link = new Anchor("/" + name);
    String text = getTranslation("nav." + name);
    link.setTitle(text);
    Element icon = new Element("sx-icon");
    icon.setAttribute("name", name);
    link.getElement().appendChild(icon);
    link.add(new Span(text));
    if (name.equals("alerts")) {
      link.getElement().appendChild(new Element("sx-firing"));
    }
    links.put(name, link);
    return link;
  }

  @Override
  public void showRouterLayoutContent(HasElement view) {
    content.getElement().appendChild(view.getElement());
  }

  @Override
  public void removeRouterLayoutContent(HasElement view) {
    content.getElement().removeAllChildren();
  }

  @Override
  public void afterNavigation(AfterNavigationEvent event) {
    String first = event.getLocation().getFirstSegment();
    for (Entry entry : ENTRIES) {
      Anchor link = links.get(entry.name());
      boolean here = entry.segments().contains(first);
      if (link != null) {
        link.setClassName("on", here);
        if (here) {
          link.getElement().setAttribute("aria-current", "page");
        } else {
          link.getElement().removeAttribute("aria-current");
        }
      }
    }
  }
}
