package dev.sextant.collector.derive;

import dev.sextant.metrics.model.Labels;

/**
 * What the service graph tells apart.
 *
 * @param connectionType empty between two services, else {@code messaging_system}, {@code database}
 *     or {@code virtual_node}
 */
record Edge(String client, String server, String connectionType) {
  static final String REQUESTS = "traces_service_graph_request_total";
  static final String FAILED = "traces_service_graph_request_failed_total";
  static final String SERVER_SECONDS = "traces_service_graph_request_server_seconds";
  static final String CLIENT_SECONDS = "traces_service_graph_request_client_seconds";

  static final String MESSAGING = "messaging_system";
  static final String DATABASE = "database";
  static final String VIRTUAL = "virtual_node";

  /** The client of a request whose caller told nothing of itself. */
  static final String USER = "user";

  static Edge of(Labels labels) {
    return new Edge(labels.get("client"), labels.get("server"), labels.get("connection_type"));
  }

  /**
   * The edge to a called span whose caller told nothing: from the queue that it consumes or, where
   * it names none, from a user.
   */
  static Edge fromOutside(Half called) {
    return called.peer().isEmpty()
        ? new Edge(USER, called.service(), VIRTUAL)
        : new Edge(called.peer(), called.service(), MESSAGING);
  }

  Labels labels(String name) {
    return Labels.of(
        Labels.NAME, name, "client", client, "server", server, "connection_type", connectionType);
  }
}
