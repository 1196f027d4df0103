package dev.sextant.ui.traces;

import com.vaadin.flow.component.Tag;
import com.vaadin.flow.router.Route;
import dev.sextant.ui.shell.MainLayout;
import dev.sextant.ui.shell.Page;

/** Two traces compared. */
@Tag("sx-trace-difference")
@Route(value = "traces/compare", layout = MainLayout.class)
class TraceDifferenceView extends Page {
  private static final long serialVersionUID = 1;

  TraceDifferenceView() {
    super("nav.traceDifference");
  }
}
