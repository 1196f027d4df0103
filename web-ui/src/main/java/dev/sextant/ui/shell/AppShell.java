package dev.sextant.ui.shell;

import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.Viewport;
import com.vaadin.flow.server.AppShellSettings;

/** The outermost page. What it loads is {@link PageHead}'s business. */
@Viewport("width=device-width,initial-scale=1")
public final class AppShell implements AppShellConfigurator {
  private static final long serialVersionUID = 1;

  @Override
  public void configurePage(AppShellSettings settings) {
    settings.addFavIcon("icon", "/sx/favicon.svg", "any");
  }
}
