package dev.sextant.ui.services;

import com.vaadin.flow.component.Tag;
import com.vaadin.flow.router.Route;
import dev.sextant.ui.shell.MainLayout;
import dev.sextant.ui.shell.Page;

/** One service: its figures, operations and instances. */
@Tag("sx-service")
@Route(value = "services/:service*", layout = MainLayout.class)
class ServiceView extends Page {
  private static final long serialVersionUID = 1;

  ServiceView() {
    super("nav.services");
  }
}
