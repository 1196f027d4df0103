package dev.sextant.collector.derive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Attributes of a calling or called span that tell of the other side: OpenTelemetry's conventions,
 * new and old, OpenTracing's, and what Envoy and Kong write.
 */
enum PeerKey {
  DB_SYSTEM_NAME("db.system.name"),
  DB_SYSTEM("db.system"),
  DB_TYPE("db.type"),
  DB_NAMESPACE("db.namespace"),
  DB_NAME("db.name"),
  DB_INSTANCE("db.instance"),
  SERVER_ADDRESS("server.address"),
  NET_PEER_NAME("net.peer.name"),
  NET_PEER_IP("net.peer.ip"),
  NETWORK_PEER_ADDRESS("network.peer.address"),
  PEER_HOSTNAME("peer.hostname"),
  PEER_ADDRESS("peer.address"),
  PEER_SERVICE("peer.service"),
  MESSAGING_DESTINATION_TEMPLATE("messaging.destination.template"),
  MESSAGING_DESTINATION_NAME("messaging.destination.name"),
  MESSAGING_DESTINATION("messaging.destination"),
  MESSAGE_BUS_DESTINATION("message_bus.destination"),
  MESSAGING_SYSTEM("messaging.system"),
  MESSAGING_OPERATION_TYPE("messaging.operation.type"),
  MESSAGING_OPERATION("messaging.operation"),
  COMPONENT("component"),
  LOCAL_COMPONENT("lc"),
  UPSTREAM_CLUSTER_NAME("upstream_cluster.name"),
  UPSTREAM_CLUSTER("upstream_cluster"),
  HTTP_HOST("http.host"),
  URL_FULL("url.full"),
  HTTP_URL("http.url");

  private static final int LONGEST = 32;
  private static final PeerKey[][] BY_LENGTH = byLength();

  final byte[] utf8;

  PeerKey(String name) {
    utf8 = name.getBytes(StandardCharsets.US_ASCII);
  }

  private static PeerKey[][] byLength() {
    PeerKey[][] keys = new PeerKey[LONGEST][];
    for (int length = 0; length < LONGEST; length++) {
      int wanted = length;
      keys[length] =
          Arrays.stream(values()).filter(key -> key.utf8.length == wanted).toArray(PeerKey[]::new);
    }
    return keys;
  }

  /** The key whose name lies there, or null. */
  static @Nullable PeerKey at(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length < LONGEST) {
      for (PeerKey key : BY_LENGTH[length]) {
        if (Arrays.equals(bytes, from, to, key.utf8, 0, length)) {
          return key;
        }
      }
    }
    return null;
  }
}
