package dev.sextant.benchmarks.traces;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service as {@code landscape.txt} describes it. Does not change once it was read. */
final class Service {
  final String name;
  final Language language;
  final int replicas;
  double rootWeight;

  /** What others may call. */
  final List<Operation> called = new ArrayList<>();

  final List<Operation> consumers = new ArrayList<>();
  final List<Operation> jobs = new ArrayList<>();
  final List<String> callees = new ArrayList<>();
  final List<Database> databases = new ArrayList<>();
  final List<String> topics = new ArrayList<>();

  /** Number of this service's first instance among those of all services. */
  int firstInstance;

  /** What a service is written in, and how fine the clock of its spans is. */
  enum Language {
    JAVA("java", "1.58.0", 1),
    GO("go", "1.40.0", 1),
    NODE("nodejs", "2.3.0", 1000),
    PYTHON("python", "1.39.1", 1);

    final String sdk;
    final String sdkVersion;
    final long clockNanos;

    Language(String sdk, String sdkVersion, long clockNanos) {
      this.sdk = sdk;
      this.sdkVersion = sdkVersion;
      this.clockNanos = clockNanos;
    }
  }

  /** A database or cache that a service queries. */
  record Database(String system, String namespace, List<String> collections) {
    boolean isSql() {
      return system.endsWith("sql");
    }
  }

  Service(String name, Language language, int replicas) {
    this.name = name;
    this.language = language;
    this.replicas = replicas;
  }

  void add(Operation operation) {
    switch (operation.protocol()) {
      case HTTP, RAW_HTTP, RPC -> called.add(operation);
      case MESSAGE -> consumers.add(operation);
      case JOB -> jobs.add(operation);
    }
  }

  @Nullable Operation consumer(String topic) {
    for (Operation each : consumers) {
      if (each.subject().equals(topic)) {
        return each;
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return name;
  }
}
