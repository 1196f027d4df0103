package dev.sextant.collector.exposition;

import dev.sextant.collector.exposition.ExpositionHandler.Violation;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** OpenMetrics' rules for the samples of one metric: one label set of a family. */
final class MetricRules {
  private final FamilyType type;
  private final String family;
  private @Nullable BigDecimal timestamp;
  private boolean any;
  private boolean buckets;
  private boolean negativeBuckets;
  private boolean infinite;
  private double lastBound;
  private double lastCount;
  private double count = Double.NaN;
  private double sum = Double.NaN;
  private boolean hasCount;
  private boolean hasSum;
  private String lastSeries = "";

  MetricRules(FamilyType type, String family) {
    this.type = type;
    this.family = family;
  }

  /**
   * @param inner the value of the label that tells the metric's samples apart, or null
   */
  void sample(Sample sample, String suffix, @Nullable String inner) throws Violation {
    time(sample, suffix + inner);
    switch (type) {
      case COUNTER -> counts(sample);
      case INFO -> exactly(sample, sample.value() == 1);
      case STATESET -> {
        if (inner == null) {
          throw new Violation(family + " has no label " + family + ", which names its state");
        }
        exactly(sample, sample.value() == 0 || sample.value() == 1);
      }
      case SUMMARY -> summary(sample, suffix, inner);
      case HISTOGRAM, GAUGEHISTOGRAM -> histogram(sample, suffix, inner);
      case UNKNOWN, GAUGE -> {}
    }
    any = true;
  }

  private void time(Sample sample, String series) throws Violation {
    BigDecimal now = sample.timestamp().isEmpty() ? null : exact(sample.timestamp());
    if (any && series.equals(lastSeries)) {
      if (now == null || timestamp == null) {
        if (now != timestamp) {
          throw new Violation("samples of " + family + " have timestamps only in part");
        }
      } else if (now.compareTo(timestamp) < 0) {
        throw new Violation("timestamps of " + family + " go back");
      }
    }
    lastSeries = series;
    timestamp = now;
  }

  /** Two timestamps may differ by less than a double can tell. */
  private static BigDecimal exact(String timestamp) throws Violation {
    try {
      return new BigDecimal(timestamp);
    } catch (NumberFormatException e) {
      throw new Violation("timestamp '" + timestamp + "' is out of every range");
    }
  }

  private static void counts(Sample sample) throws Violation {
    if (!(sample.value() >= 0)) {
      throw new Violation(sample.name() + " is " + sample.value() + ", but counts");
    }
  }

  private static void exactly(Sample sample, boolean good) throws Violation {
    if (!good) {
      throw new Violation(sample.name() + " may not be " + sample.value());
    }
  }

  private void summary(Sample sample, String suffix, @Nullable String inner) throws Violation {
    if (!suffix.isEmpty()) {
      counts(sample);
      return;
    }
    double quantile = inner == null ? Double.NaN : Numbers.strict(inner);
    if (!(quantile >= 0 && quantile <= 1)) {
      throw new Violation(family + " has quantile " + inner + ", not 0 to 1");
    }
  }

  private void histogram(Sample sample, String suffix, @Nullable String inner) throws Violation {
    switch (suffix) {
      case "_bucket" -> bucket(sample, inner);
      case "_count", "_gcount" -> {
        counts(sample);
        count = sample.value();
        hasCount = true;
      }
      case "_sum", "_gsum" -> {
        if (Double.isNaN(sample.value()) || suffix.equals("_sum") && sample.value() < 0) {
          throw new Violation(sample.name() + " may not be " + sample.value());
        }
        sum = sample.value();
        hasSum = true;
      }
      default -> {}
    }
  }

  private void bucket(Sample sample, @Nullable String le) throws Violation {
    if (le == null) {
      throw new Violation(sample.name() + " has no label le");
    }
    counts(sample);
    boolean inf = le.equals("+Inf");
    if (!inf && Double.isInfinite(Numbers.strict(le))) {
      throw new Violation("le=\"" + le + "\" must be written +Inf");
    }
    double bound = Numbers.strict(le);
    if (buckets && !infinite && bound <= lastBound && timestamp == null) {
      throw new Violation("buckets of " + family + " do not ascend at le=\"" + le + "\"");
    }
    if (buckets && !infinite && sample.value() < lastCount) {
      throw new Violation("buckets of " + family + " count less at le=\"" + le + "\"");
    }
    buckets = true;
    infinite = inf;
    negativeBuckets |= bound < 0;
    lastBound = bound;
    lastCount = sample.value();
  }

  /** After the metric's last sample. */
  void end() throws Violation {
    if (!any || type != FamilyType.HISTOGRAM && type != FamilyType.GAUGEHISTOGRAM) {
      return;
    }
    if (!infinite) {
      throw new Violation("histogram " + family + " has no bucket le=\"+Inf\" at its end");
    }
    if (hasCount && count != lastCount) {
      throw new Violation("histogram " + family + " has another count than its bucket +Inf");
    }
    if (type == FamilyType.HISTOGRAM && negativeBuckets && hasSum) {
      throw new Violation("histogram " + family + " has negative buckets and a sum");
    }
    if (hasSum && !hasCount || type == FamilyType.GAUGEHISTOGRAM && hasSum != hasCount) {
      throw new Violation("histogram " + family + " has a sum or a count without the other");
    }
    if (sum < 0 && !negativeBuckets) {
      throw new Violation("histogram " + family + " has a negative sum without negative buckets");
    }
  }
}
