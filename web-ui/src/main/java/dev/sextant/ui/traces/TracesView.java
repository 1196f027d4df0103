package dev.sextant.ui.traces;

import com.vaadin.flow.component.Tag;
import com.vaadin.flow.router.Route;
import dev.sextant.ui.shell.MainLayout;
import dev.sextant.ui.shell.Page;

/** Search for traces. */
@Tag("sx-traces")
@Route(value = "traces", layout = MainLayout.class)
class TracesView extends Page {
  private static final long serialVersionUID = 1;

  TracesView() {
    super("nav.traces");
  }
}
