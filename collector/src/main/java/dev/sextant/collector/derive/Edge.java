package dev.sextant.collector.derive;

import dev.sextant.metrics.model.Labels;
import org.jspecify.annotations.Nullable;

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

  /** Written out, as it is asked of every call. */
  @Override
  public int hashCode() {
    return (client.hashCode() * 31 + server.hashCode()) * 31 + connectionType.hashCode();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Edge edge
        && client.equals(edge.client)
        && server.equals(edge.server)
        && connectionType.equals(edge.connectionType);
  }

  static Edge of(Labels labels) {
    return new Edge(labels.get("client"), labels.get("server"), labels.get("connection_type"));
  }

  /**
   * The edge to a called span whose caller told nothing: from the queue that it consumes or, where
   * it names none, from a user.
   */
  static Edge fromOutside(Half called) {
    return called.peer.isEmpty()
        ? new Edge(USER, called.service, VIRTUAL)
        : new Edge(called.peer, called.service, MESSAGING);
  }

  Labels labels(String name) {
    return Labels.of(
        Labels.NAME, name, "client", client, "server", server, "connection_type", connectionType);
  }
}
