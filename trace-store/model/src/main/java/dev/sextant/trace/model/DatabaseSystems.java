package dev.sextant.trace.model;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Databases and caches that spans call. A call of one is a span of kind client that names its
 * system, by an attribute that OpenTelemetry's conventions have or had.
 */
public final class DatabaseSystems {
  /** Attributes of spans that name a system; the first that is no empty text counts. */
  public static final List<String> KEYS = List.of("db.system.name", "db.system");

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

  private DatabaseSystems() {}

  /** Whether a system is a cache, whatever the case of its name's letters; else a database. */
  public static boolean isCache(String system) {
    return CACHES.contains(system.toLowerCase(Locale.ROOT));
  }
}
