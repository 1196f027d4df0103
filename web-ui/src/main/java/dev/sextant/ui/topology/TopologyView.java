package dev.sextant.ui.topology;

import com.vaadin.flow.component.Tag;
import com.vaadin.flow.router.Route;
import dev.sextant.ui.shell.MainLayout;
import dev.sextant.ui.shell.Page;

/** The service graph with live figures. */
@Tag("sx-topology")
@Route(value = "topology", layout = MainLayout.class)
class TopologyView extends Page {
  private static final long serialVersionUID = 1;

  TopologyView() {
    super("nav.topology");
  }
}
