package dev.sextant.ui.services;

import com.vaadin.flow.component.Tag;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteAlias;
import dev.sextant.ui.shell.MainLayout;
import dev.sextant.ui.shell.Page;

/** All services with rate, errors and duration. */
@Tag("sx-services")
@Route(value = "services", layout = MainLayout.class)
@RouteAlias(value = "", layout = MainLayout.class)
class ServicesView extends Page {
  private static final long serialVersionUID = 1;

  ServicesView() {
    super("nav.services");
  }
}
