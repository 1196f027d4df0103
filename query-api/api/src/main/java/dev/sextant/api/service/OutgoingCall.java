package dev.sextant.api.service;

import java.util.Locale;
import java.util.Set;

/**
 * What a service called.
 *
 * @param system such as {@code postgresql}, {@code redis}, {@code kafka}, {@code grpc}; empty where
 *     unknown
 * @param name a statement without values, a cache's command, an RPC method, method and host, an
 *     operation and its destination
 */
public record OutgoingCall(Kind kind, String system, String name) {
  private static final Set<String> CACHES =
      Set.of(
          "redis",
          "valkey",
          "memcached",
          "hazelcast",
          "coherence",
          "infinispan",
          "aerospike",
          "geode",
          "ignite",
          "ehcache",
          "caffeine");

  /** The kinds of calls. */
  public enum Kind {
    DATABASE,
    CACHE,
    RPC,
    HTTP,
    MESSAGE
  }

  static boolean isCache(String system) {
    return CACHES.contains(system.toLowerCase(Locale.ROOT));
  }
}
