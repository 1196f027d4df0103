package dev.sextant.ui.alerts;

import com.vaadin.flow.component.Tag;
import com.vaadin.flow.router.Route;
import dev.sextant.ui.shell.MainLayout;
import dev.sextant.ui.shell.Page;

/** Rule groups and the state of each rule. */
@Tag("sx-alerts")
@Route(value = "alerts", layout = MainLayout.class)
class AlertsView extends Page {
  private static final long serialVersionUID = 1;

  AlertsView() {
    super("nav.alerts");
  }
}
