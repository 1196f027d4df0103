package dev.sextant.benchmarks.traces;

import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;

/** What a sample of traces from the whole day is made of, for people. */
final class Census {
  private static final int TRACES = 20_000;

  private final Map<String, Integer> kinds = new TreeMap<>();
  private final Map<String, Integer> uses = new TreeMap<>();
  private final Map<String, Set<Object>> values = new TreeMap<>();
  private long spans;
  private long attributes;
  private long failures;
  private long events;
  private long links;

  private Census() {}

  /** Some lines: counts a span, and each attribute's share of spans and number of values. */
  static String of(Landscape landscape, Day day) {
    Census census = new Census();
    TraceMaker maker = new TraceMaker(landscape, day);
    long step = Math.max(1, day.traces() / TRACES);
    for (long number = 0; number < day.traces(); number += step) {
      maker.make(number).spans().forEach(census::add);
    }
    return census.describe(landscape, day);
  }

  private void add(MadeSpan span) {
    spans++;
    failures += span.failed ? 1 : 0;
    events += span.events.size();
    links += span.links.size();
    attributes += span.attributes.size();
    kinds.merge(span.kind.name().substring("SPAN_KIND_".length()), 1, Integer::sum);
    for (KeyValue each : span.attributes) {
      uses.merge(each.getKey(), 1, Integer::sum);
      values.computeIfAbsent(each.getKey(), key -> new HashSet<>()).add(each.getValue());
    }
  }

  private String describe(Landscape landscape, Day day) {
    StringJoiner keys = new StringJoiner(", ");
    uses.forEach((key, n) -> keys.add("%s %s/%d".formatted(key, share(n), distinct(key))));
    StringJoiner parts = new StringJoiner(", ");
    kinds.forEach((kind, n) -> parts.add(kind.toLowerCase(Locale.ROOT) + " " + share(n)));
    return """
        %,d traces of %d services on %d instances within %.1f hours; of %,d spans (%s):
        %.1f attributes a span, %s fail, %s have an event, %.4f links a span
        attributes (share of spans/values): %s"""
        .formatted(
            day.traces(),
            landscape.services().size(),
            landscape.instances(),
            day.nanos() / 3.6e12,
            spans,
            parts,
            attributes / (double) spans,
            share(failures),
            share(events),
            links / (double) spans,
            keys);
  }

  private int distinct(String key) {
    return values.getOrDefault(key, Set.of()).size();
  }

  private String share(long n) {
    return String.format(Locale.ROOT, "%.2g%%", 100.0 * n / spans);
  }
}
