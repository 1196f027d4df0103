package dev.sextant.ui.traces;

import com.vaadin.flow.component.Tag;
import com.vaadin.flow.router.Route;
import dev.sextant.ui.shell.MainLayout;
import dev.sextant.ui.shell.Page;

/** One trace as a waterfall. */
@Tag("sx-trace")
@Route(value = "trace/:traceId", layout = MainLayout.class)
class TraceView extends Page {
  private static final long serialVersionUID = 1;

  TraceView() {
    super("nav.trace");
  }
}
