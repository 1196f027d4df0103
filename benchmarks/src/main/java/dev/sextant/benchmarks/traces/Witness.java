package dev.sextant.benchmarks.traces;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Sees every trace, and so knows how questions must be answered. */
final class Witness implements Consumer<MadeTrace> {
  private final Map<String, List<TraceQuestion>> byService = new HashMap<>();
  private final Map<String, List<ServiceQuestion>> ofServices = new HashMap<>();
  private final Map<String, Long> spans = new TreeMap<>();
  private final Set<String> seen = new HashSet<>();

  void expect(List<? extends TraceQuestion> questions) {
    for (TraceQuestion each : questions) {
      byService.computeIfAbsent(each.service(), service -> new ArrayList<>()).add(each);
    }
  }

  void expectOfServices(List<ServiceQuestion> questions) {
    for (ServiceQuestion each : questions) {
      ofServices.computeIfAbsent(each.service(), service -> new ArrayList<>()).add(each);
    }
  }

  @Override
  public void accept(MadeTrace trace) {
    seen.clear();
    for (MadeSpan span : trace.spans()) {
      spans.merge(span.service.name, 1L, Long::sum);
      if (seen.add(span.service.name)) {
        byService.getOrDefault(span.service.name, List.of()).forEach(each -> each.see(trace));
        ofServices.getOrDefault(span.service.name, List.of()).forEach(each -> each.see(trace));
      }
    }
  }

  /** Spans of each service. */
  Map<String, Long> spansByService() {
    return Map.copyOf(spans);
  }

  long spans() {
    return spans.values().stream().mapToLong(Long::longValue).sum();
  }
}
