package dev.sextant.ui.shell;

import java.util.stream.Stream;

/** Every page, by class name: the classes themselves are their packages' own. */
final class Routes {
  private static final String ROOT = "dev.sextant.ui.";

  private Routes() {}

  /**
   * @throws IllegalStateException where a page is missing from the class path
   */
  static Class<?>[] all() {
    return Stream.of(
            "services.ServicesView",
            "services.ServiceView",
            "topology.TopologyView",
            "traces.TracesView",
            "traces.TraceView",
            "traces.TraceDifferenceView",
            "logs.LogsView",
            "metrics.MetricsView",
            "alerts.AlertsView",
            "settings.SettingsView")
        .map(name -> load(ROOT + name))
        .toArray(Class<?>[]::new);
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the page " + name + " is not on the class path", e);
    }
  }
}
