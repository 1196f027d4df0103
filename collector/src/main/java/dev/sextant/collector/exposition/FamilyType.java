package dev.sextant.collector.exposition;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** OpenMetrics' types, each with the suffixes of its samples. */
enum FamilyType {
  UNKNOWN("unknown", Set.of("")),
  GAUGE("gauge", Set.of("")),
  COUNTER("counter", Set.of("_total", "_created")),
  STATESET("stateset", Set.of("")),
  INFO("info", Set.of("_info")),
  HISTOGRAM("histogram", Set.of("_bucket", "_count", "_sum", "_created")),
  GAUGEHISTOGRAM("gaugehistogram", Set.of("_bucket", "_gcount", "_gsum")),
  SUMMARY("summary", Set.of("", "_count", "_sum", "_created"));

  private static final List<FamilyType> ALL = List.of(values());

  private final String text;
  private final Set<String> suffixes;

  FamilyType(String text, Set<String> suffixes) {
    this.text = text;
    this.suffixes = suffixes;
  }

  static @Nullable FamilyType of(String text) {
    return ALL.stream().filter(type -> type.text.equals(text)).findFirst().orElse(null);
  }

  /** What a sample's name has behind the family's, or null where it is no sample of the family. */
  @Nullable String suffix(String family, String sample) {
    if (!sample.startsWith(family)) {
      return null;
    }
    String suffix = sample.substring(family.length());
    return suffixes.contains(suffix) ? suffix : null;
  }

  /** The label that tells samples of one metric apart; empty where there is none. */
  String inner(String family) {
    return switch (this) {
      case HISTOGRAM, GAUGEHISTOGRAM -> "le";
      case SUMMARY -> "quantile";
      case STATESET -> family;
      case UNKNOWN, GAUGE, COUNTER, INFO -> "";
    };
  }

  /** Whether a sample with this suffix may carry an exemplar. */
  boolean mayHaveExemplar(String suffix) {
    return switch (this) {
      case COUNTER -> suffix.equals("_total");
      case HISTOGRAM, GAUGEHISTOGRAM -> suffix.equals("_bucket");
      default -> false;
    };
  }
}
