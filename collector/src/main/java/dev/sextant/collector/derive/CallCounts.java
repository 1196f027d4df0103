package dev.sextant.collector.derive;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Requests, errors and durations per service and operation, bounded in what is told apart. */
final class CallCounts {
  static final String OTHER = "_other";

  private final DeriveSettings settings;
  private final Map<Call, Counted> counted = new LinkedHashMap<>();
  private final Map<String, Set<String>> operations = new HashMap<>();

  /** One combination's figures. */
  static final class Counted {
    final Latency latency = new Latency();

    final Birth birth = new Birth();
  }

  CallCounts(DeriveSettings settings) {
    this.settings = settings;
  }

  Map<Call, Counted> all() {
    return counted;
  }

  /** The figures of a call, or of what stands for it where a bound is reached. */
  Counted of(Call call) {
    Counted known = counted.get(call);
    return known != null ? known : add(bounded(call));
  }

  /** Takes a call back as it was written. */
  Counted add(Call call) {
    operations.computeIfAbsent(call.service(), key -> new HashSet<>()).add(call.operation());
    return counted.computeIfAbsent(call, key -> new Counted());
  }

  private Call bounded(Call call) {
    String service = call.service();
    String operation = call.operation();
    if (!operations.containsKey(service) && operations.size() >= settings.maxServices()) {
      service = OTHER;
    }
    Set<String> names = operations.getOrDefault(service, Set.of());
    boolean tooMany = names.size() >= settings.maxOperations() && !names.contains(operation);
    if (tooMany || counted.size() >= settings.maxCalls()) {
      operation = OTHER;
    }
    return new Call(service, operation, call.kind(), call.status());
  }
}
