package dev.sextant.ui.settings;

import com.vaadin.flow.component.Tag;
import com.vaadin.flow.router.Route;
import dev.sextant.ui.shell.MainLayout;
import dev.sextant.ui.shell.Page;

/** Language, colours, time zone, and the server's own state. */
@Tag("sx-settings")
@Route(value = "settings", layout = MainLayout.class)
class SettingsView extends Page {
  private static final long serialVersionUID = 1;

  SettingsView() {
    super("nav.settings");
  }
}
