package dev.sextant.ui.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;

/**
 * A page whose body is a custom element, named by the subclass's {@code @Tag}. The element reads
 * what it shows from the address and fetches it from the dashboard's own origin.
 */
public abstract class Page extends Component implements HasDynamicTitle, BeforeEnterObserver {
  private static final long serialVersionUID = 1;

  private final String titleKey;

  /**
   * @param titleKey the text that names the page
   */
  protected Page(String titleKey) {
    this.titleKey = titleKey;
  }

  /** Tells the element its address, which the browser changes only after the element is there. */
  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    getElement().setAttribute("data-path", "/" + event.getLocation().getPath());
  }

  @Override
  public String getPageTitle() {
    return getTranslation(titleKey) + " · Sextant";
  }
}
