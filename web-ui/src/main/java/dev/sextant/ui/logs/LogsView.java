package dev.sextant.ui.logs;

import com.vaadin.flow.component.Tag;
import com.vaadin.flow.router.Route;
import dev.sextant.ui.shell.MainLayout;
import dev.sextant.ui.shell.Page;

/** Log lines under their histogram. */
@Tag("sx-logs")
@Route(value = "logs", layout = MainLayout.class)
class LogsView extends Page {
  private static final long serialVersionUID = 1;

  LogsView() {
    super("nav.logs");
  }
}
