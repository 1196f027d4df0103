package dev.sextant.collector.derive;

import dev.sextant.metrics.model.Labels;
import org.jspecify.annotations.Nullable;

/**
 * What the service graph tells apart. The first three are Tempo's labels, the others our own.
 *
 * @param connectionType empty between two services, else {@code messaging_system}, {@code database}
 *     or {@code virtual_node}
 * @param clientType what the client is: empty for a service, else {@code gateway}, {@code queue} or
 *     {@code user}
 * @param serverType what the server is: empty for a service, else {@code gateway}, {@code
 *     database}, {@code cache}, {@code queue} or {@code external}
 * @param system make of the database, cache or broker; empty where no span says it
 * @param queue that a message between two services went through; empty where no span says it
 */
record Edge(
    String client,
    String server,
    String connectionType,
    String clientType,
    String serverType,
    String system,
    String queue) {
  static final String REQUESTS = "traces_service_graph_request_total";
  static final String FAILED = "traces_service_graph_request_failed_total";
  static final String SERVER_SECONDS = "traces_service_graph_request_server_seconds";
  static final String CLIENT_SECONDS = "traces_service_graph_request_client_seconds";

  static final String MESSAGING = "messaging_system";
  static final String DATABASE = "database";
  static final String VIRTUAL = "virtual_node";

  static final String CACHE = "cache";
  static final String QUEUE = "queue";
  static final String GATEWAY = "gateway";
  static final String EXTERNAL = "external";

  /** The client of a request whose caller told nothing of itself, and its type. */
  static final String USER = "user";

  Edge {
    client = LabelText.of(client);
    server = LabelText.of(server);
    system = LabelText.of(system);
    queue = LabelText.of(queue);
  }

  /** Written out, as it is asked of every call. */
  @Override
  public int hashCode() {
    int names = (client.hashCode() * 31 + server.hashCode()) * 31 + queue.hashCode();
    return names * 31 + connectionType.hashCode() + serverType.hashCode();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Edge edge
        && client.equals(edge.client)
        && server.equals(edge.server)
        && connectionType.equals(edge.connectionType)
        && clientType.equals(edge.clientType)
        && serverType.equals(edge.serverType)
        && system.equals(edge.system)
        && queue.equals(edge.queue);
  }

  static Edge of(Labels labels) {
    return new Edge(
        labels.get("client"),
        labels.get("server"),
        labels.get("connection_type"),
        labels.get("client_type"),
        labels.get("server_type"),
        labels.get("system"),
        labels.get("queue"));
  }

  /** The edge of a call both of whose sides told of it. */
  static Edge between(Half caller, Half called) {
    String from = caller.gateway ? GATEWAY : "";
    String to = called.gateway ? GATEWAY : "";
    if (!caller.messaging && !called.messaging) {
      return new Edge(caller.service, called.service, "", from, to, "", "");
    }
    Half named = caller.messaging && !caller.peer.isEmpty() ? caller : called;
    String queue = named.messaging ? named.peer : "";
    String system = named.messaging ? named.system : "";
    return new Edge(caller.service, called.service, MESSAGING, from, to, system, queue);
  }

  /** The edge to a database or cache, which tells nothing. */
  static Edge toDatabase(Half caller, boolean cache, String name, String system) {
    String from = caller.gateway ? GATEWAY : "";
    String type = cache ? CACHE : DATABASE;
    return new Edge(caller.service, name, DATABASE, from, type, system, "");
  }

  /** The edge of a calling span that nobody answered: to the queue or host that it names. */
  static Edge toOutside(Half caller) {
    String from = caller.gateway ? GATEWAY : "";
    return caller.messaging
        ? new Edge(caller.service, caller.peer, MESSAGING, from, QUEUE, caller.system, "")
        : new Edge(caller.service, caller.peer, VIRTUAL, from, EXTERNAL, "", "");
  }

  /**
   * The edge to a called span whose caller told nothing: from the queue that it consumes or, where
   * it names none, from a user.
   */
  static Edge fromOutside(Half called) {
    String to = called.gateway ? GATEWAY : "";
    return called.messaging && !called.peer.isEmpty()
        ? new Edge(called.peer, called.service, MESSAGING, QUEUE, to, called.system, "")
        : new Edge(USER, called.service, VIRTUAL, USER, to, "", "");
  }

  /** The edge of a called span whose parent names a caller that told nothing; null for none. */
  static @Nullable Edge fromNobody(Half called) {
    return called.messaging && called.peer.isEmpty() ? null : fromOutside(called);
  }

  /** The edge of a called span from the service of its parent, which told of no call. */
  static Edge fromParent(String service, Half called) {
    String to = called.gateway ? GATEWAY : "";
    String type = called.messaging ? MESSAGING : "";
    return new Edge(service, called.service, type, "", to, called.system, called.peer);
  }

  /**
   * The service that the number of nodes beside it is counted for: the one that named a database, a
   * queue or a host. Empty between two services.
   */
  String owner() {
    return switch (serverType) {
      case DATABASE, CACHE, QUEUE, EXTERNAL -> client;
      default -> clientType.equals(QUEUE) ? server : queue.isEmpty() ? "" : client;
    };
  }

  /** The node beside its {@link #owner()}; empty between two services. */
  String named() {
    return switch (serverType) {
      case DATABASE, CACHE, QUEUE, EXTERNAL -> server;
      default -> clientType.equals(QUEUE) ? client : queue;
    };
  }

  /** The same kind of edge, to or from what stands for nodes that are not told apart. */
  Edge toOther() {
    boolean fromQueue = clientType.equals(QUEUE);
    boolean through = !queue.isEmpty();
    return new Edge(
        fromQueue ? CallCounts.OTHER : client,
        fromQueue || through ? server : CallCounts.OTHER,
        connectionType,
        clientType,
        serverType,
        "",
        through ? CallCounts.OTHER : "");
  }

  Labels labels(String name) {
    return Labels.of(
        Labels.NAME,
        name,
        "client",
        client,
        "server",
        server,
        "connection_type",
        connectionType,
        "client_type",
        clientType,
        "server_type",
        serverType,
        "system",
        system,
        "queue",
        queue);
  }
}
