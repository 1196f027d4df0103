package dev.sextant.collector.derive;

import java.util.Locale;
import java.util.Set;

/** What a span's attributes say of the other side of its call. */
final class Peer {
  /** Databases that keep values by key, in memory above all; as {@code db.system} names them. */
  private static final Set<String> CACHES =
      Set.of(
          "redis",
          "memcached",
          "valkey",
          "keydb",
          "dragonfly",
          "hazelcast",
          "infinispan",
          "ehcache",
          "geode",
          "coherence");

  private static final PeerKey[] DATABASE = {
    PeerKey.DB_SYSTEM_NAME,
    PeerKey.DB_SYSTEM,
    PeerKey.DB_TYPE,
    PeerKey.DB_NAMESPACE,
    PeerKey.DB_NAME,
    PeerKey.DB_INSTANCE
  };
  private static final PeerKey[] DATABASE_SYSTEM = {
    PeerKey.DB_SYSTEM_NAME, PeerKey.DB_SYSTEM, PeerKey.DB_TYPE
  };
  private static final PeerKey[] DATABASE_NAME = {
    PeerKey.PEER_SERVICE,
    PeerKey.DB_NAMESPACE,
    PeerKey.DB_NAME,
    PeerKey.DB_INSTANCE,
    PeerKey.SERVER_ADDRESS,
    PeerKey.NET_PEER_NAME,
    PeerKey.PEER_HOSTNAME,
    PeerKey.DB_SYSTEM_NAME,
    PeerKey.DB_SYSTEM,
    PeerKey.DB_TYPE
  };

  /** A cache's namespace is a number mostly, so its address comes first. */
  private static final PeerKey[] CACHE_NAME = {
    PeerKey.PEER_SERVICE,
    PeerKey.SERVER_ADDRESS,
    PeerKey.NET_PEER_NAME,
    PeerKey.PEER_HOSTNAME,
    PeerKey.NET_PEER_IP,
    PeerKey.DB_SYSTEM_NAME,
    PeerKey.DB_SYSTEM,
    PeerKey.DB_TYPE
  };

  private static final PeerKey[] HOST = {
    PeerKey.PEER_SERVICE,
    PeerKey.UPSTREAM_CLUSTER_NAME,
    PeerKey.UPSTREAM_CLUSTER,
    PeerKey.SERVER_ADDRESS,
    PeerKey.NET_PEER_NAME,
    PeerKey.PEER_HOSTNAME,
    PeerKey.NET_PEER_IP,
    PeerKey.NETWORK_PEER_ADDRESS,
    PeerKey.PEER_ADDRESS
  };
  private static final PeerKey[] UPSTREAM = {
    PeerKey.UPSTREAM_CLUSTER_NAME, PeerKey.UPSTREAM_CLUSTER
  };
  private static final PeerKey[] URL = {PeerKey.HTTP_HOST, PeerKey.URL_FULL, PeerKey.HTTP_URL};
  private static final PeerKey[] QUEUE = {
    PeerKey.MESSAGING_DESTINATION_TEMPLATE,
    PeerKey.MESSAGING_DESTINATION_NAME,
    PeerKey.MESSAGING_DESTINATION,
    PeerKey.MESSAGE_BUS_DESTINATION
  };
  private static final PeerKey[] DESTINATION = {
    PeerKey.MESSAGING_DESTINATION_TEMPLATE,
    PeerKey.MESSAGING_DESTINATION_NAME,
    PeerKey.MESSAGING_DESTINATION,
    PeerKey.MESSAGE_BUS_DESTINATION,
    PeerKey.MESSAGING_SYSTEM,
    PeerKey.SERVER_ADDRESS
  };
  private static final PeerKey[] OPERATION = {
    PeerKey.MESSAGING_OPERATION_TYPE, PeerKey.MESSAGING_OPERATION
  };

  private final PeerAttributes attributes;

  /**
   * @param attributes as they stand when a method is called
   */
  Peer(PeerAttributes attributes) {
    this.attributes = attributes;
  }

  boolean isDatabase() {
    return !attributes.first(DATABASE).isEmpty();
  }

  boolean isCache() {
    return CACHES.contains(databaseSystem());
  }

  /** Of what make the database is, in lower case; empty where the span does not say. */
  String databaseSystem() {
    return lower(attributes.first(DATABASE_SYSTEM));
  }

  /** The name of the database that a client span calls, or the empty string where it calls none. */
  String database() {
    return isDatabase() ? attributes.first(isCache() ? CACHE_NAME : DATABASE_NAME) : "";
  }

  /** What a client span says of the host it calls, or the empty string. */
  String host() {
    String host = attributes.first(HOST);
    return host.isEmpty() ? authority(attributes.first(URL)) : host;
  }

  /** Whom a proxy passes a request on to, or the empty string. */
  String upstream() {
    return attributes.first(UPSTREAM);
  }

  /** The host of a URL, without user and port; of a bare host and port, the host. */
  static String authority(String url) {
    int scheme = url.indexOf("://");
    int from = scheme < 0 ? 0 : scheme + 3;
    int to = from;
    while (to < url.length() && "/?#".indexOf(url.charAt(to)) < 0) {
      to++;
    }
    from = url.lastIndexOf('@', to - 1) >= from ? url.lastIndexOf('@', to - 1) + 1 : from;
    int port = url.lastIndexOf(':', to - 1);
    return url.substring(from, port > from && url.indexOf(']', port) < 0 ? port : to);
  }

  /** Whether a client span speaks to a broker. */
  boolean isMessaging() {
    return !attributes.first(PeerKey.MESSAGING_SYSTEM).isEmpty();
  }

  String messagingSystem() {
    return lower(attributes.first(PeerKey.MESSAGING_SYSTEM));
  }

  /** Where a producer span says that its messages go, or the empty string. */
  String destination() {
    return attributes.first(DESTINATION);
  }

  /** The queue or topic that a consumer span names, or the empty string. */
  String queue() {
    return attributes.first(QUEUE);
  }

  /** Whether a client span takes messages from its broker. */
  boolean isReceive() {
    return attributes.first(OPERATION).equals("receive");
  }

  /** Whether a client span only tells its broker what became of messages. */
  boolean isSettle() {
    return attributes.first(OPERATION).equals("settle");
  }

  /** Whether the span is a proxy's: Envoy's {@code component=proxy}, or Kong's {@code lc=kong}. */
  boolean isGateway() {
    return attributes.first(PeerKey.COMPONENT).equals("proxy")
        || attributes.first(PeerKey.LOCAL_COMPONENT).equals("kong")
        || !upstream().isEmpty();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
