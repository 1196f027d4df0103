package dev.sextant.ui.shell;

import com.vaadin.flow.component.Tag;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.ParentLayout;
import jakarta.servlet.http.HttpServletResponse;

/** What an address without a page shows. */
@Tag("sx-missing")
@ParentLayout(MainLayout.class)
final class MissingPage extends Page implements HasErrorParameter<NotFoundException> {
  private static final long serialVersionUID = 1;

  MissingPage() {
    super("nav.missing");
  }

  @Override
  public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<NotFoundException> error) {
    return HttpServletResponse.SC_NOT_FOUND;
  }
}
