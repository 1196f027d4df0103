package dev.sextant.ui.metrics;

import com.vaadin.flow.component.Tag;
import com.vaadin.flow.router.Route;
import dev.sextant.ui.shell.MainLayout;
import dev.sextant.ui.shell.Page;

/** PromQL with chart and table. */
@Tag("sx-metrics")
@Route(value = "metrics", layout = MainLayout.class)
class MetricsView extends Page {
  private static final long serialVersionUID = 1;

  MetricsView() {
    super("nav.metrics");
  }
}
