package dev.sextant.collector.derive;

import dev.sextant.collector.receive.KnownBytes;
import dev.sextant.metrics.model.Labels;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Requests, errors and durations per service and operation, bounded in what is told apart. What a
 * call is counted under never changes, so it is remembered by the bytes of its name. For one
 * thread.
 */
final class CallCounts {
  static final String OTHER = "_other";
  private static final long KNOWN_BYTES = 8 << 20;

  /** Stands for all services that are not told apart. */
  private static final int NO_NUMBER = -1;

  private final DeriveSettings settings;
  private final Map<Call, Counted> counted = new LinkedHashMap<>();
  private final Map<String, Operations> operations = new HashMap<>();
  private KnownBytes<Counted> known = new KnownBytes<>(KNOWN_BYTES);
  private final KnownBytes.Probe probe = new KnownBytes.Probe();
  private int nextNumber;

  /** One combination's figures. */
  static final class Counted {
    final Latency latency = new Latency();
    final Birth birth = new Birth();
    final Idle idle = new Idle();
    final Labels calls;
    final HistogramLabels latencies;

    Counted(Call call) {
      calls = call.labels(Call.CALLS);
      latencies = HistogramLabels.of(Call.LATENCY, call::labels);
    }
  }

  /** Those of one service, which has a number. */
  private record Operations(int number, Set<String> names) {}

  CallCounts(DeriveSettings settings) {
    this.settings = settings;
  }

  Map<Call, Counted> all() {
    return counted;
  }

  /** The figures of a span, or of what stands for it where a bound is reached. */
  Counted of(String anyService, SpanFacts span) {
    String service = LabelText.of(anyService);
    Counted found = known.find(probe(service, span));
    if (found != null) {
      return found;
    }
    int length = span.nameTo - span.nameFrom;
    String name = new String(span.bytes(), span.nameFrom, length, StandardCharsets.UTF_8);
    Counted made = of(Call.of(service, LabelText.of(name), span.kind, span.status));
    known.put(probe(service, span), made, 0);
    return made;
  }

  private KnownBytes.Probe probe(String service, SpanFacts span) {
    Operations ofService = operations.get(service);
    return probe
        .set(span.bytes(), span.nameFrom, span.nameTo)
        .within(
            ofService == null ? NO_NUMBER : ofService.number,
            span.kind.ordinal(),
            span.status.ordinal());
  }

  /** The figures of a call, or of what stands for it where a bound is reached. */
  private Counted of(Call call) {
    Counted same = counted.get(call);
    return same != null ? same : add(bounded(call));
  }

  /** Takes a call back as it was written. */
  Counted add(Call call) {
    operations
        .computeIfAbsent(call.service(), service -> new Operations(nextNumber++, new HashSet<>()))
        .names
        .add(call.operation());
    return counted.computeIfAbsent(call, Counted::new);
  }

  /**
   * Forgets what has not been counted for long, and with it that its service and name took room.
   *
   * @param afterMillis how long that is
   */
  void forgetIdle(long tickMillis, long afterMillis) {
    boolean forgotten =
        counted
            .values()
            .removeIf(call -> call.idle.millis(call.latency.count(), tickMillis) > afterMillis);
    if (forgotten) {
      Map<String, Set<String>> left = new HashMap<>();
      for (Call call : counted.keySet()) {
        left.computeIfAbsent(call.service(), none -> new HashSet<>()).add(call.operation());
      }
      operations.keySet().retainAll(left.keySet());
      operations.forEach((service, of) -> of.names.retainAll(left.getOrDefault(service, Set.of())));
      known = new KnownBytes<>(KNOWN_BYTES);
    }
  }

  private Call bounded(Call call) {
    String service = call.service();
    if (!operations.containsKey(service) && operations.size() >= settings.maxServices()) {
      service = OTHER;
    }
    Call kept = new Call(service, call.operation(), call.kind(), call.status());
    if (counted.containsKey(kept)) {
      return kept;
    }
    boolean tooMany = isFull(operations.get(service), call.operation());
    return tooMany || counted.size() >= settings.maxCalls()
        ? new Call(service, OTHER, call.kind(), call.status())
        : kept;
  }

  private boolean isFull(@Nullable Operations ofService, String operation) {
    return ofService != null
        && ofService.names.size() >= settings.maxOperations()
        && !ofService.names.contains(operation);
  }
}
