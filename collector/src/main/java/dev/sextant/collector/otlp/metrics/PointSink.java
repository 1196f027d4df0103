package dev.sextant.collector.otlp.metrics;

import dev.sextant.collector.exposition.Numbers;
import dev.sextant.collector.receive.EventTimes;
import dev.sextant.collector.receive.EventWindow;
import dev.sextant.collector.receive.KnownBytes;
import dev.sextant.collector.receive.Rejections;
import dev.sextant.collector.receive.SeriesLimits;
import dev.sextant.collector.receive.Texts;
import dev.sextant.metrics.MetricsBatchBuilder;
import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.storage.otlp.ProtoReader;
import org.jspecify.annotations.Nullable;

/** Takes the data points of one request: checks what all kinds share, and adds their samples. */
final class PointSink {
  private final MetricsBatchBuilder batch;
  private final EventWindow window;
  private final EventTimes open;
  private final SeriesLimits limits;
  private final Rejections rejections;
  private final KnownMetrics known;
  private final KnownBytes.Probe probe = new KnownBytes.Probe();
  private final ProtoReader scan;
  private ResourceLabels resource = ResourceLabels.NONE;
  private MetricHead head = MetricHead.NONE;
  private @Nullable Labels first;
  private Part firstPart = Part.PLAIN;
  private boolean decoded;
  private long newestMillis;

  /** Which of a family's series a sample goes to. */
  enum Part {
    PLAIN("", ""),
    BUCKET("_bucket", "le"),
    QUANTILE("", "quantile"),
    SUM("_sum", ""),
    COUNT("_count", "");

    private final String suffix;
    private final String extra;

    Part(String suffix, String extra) {
      this.suffix = suffix;
      this.extra = extra;
    }
  }

  /**
   * @param scan a reader over the request's bytes, for this alone
   */
  PointSink(
      MetricsBatchBuilder batch,
      EventWindow window,
      SeriesLimits limits,
      Rejections rejections,
      KnownMetrics known,
      ProtoReader scan) {
    this.batch = batch;
    this.window = window;
    this.open = window.times();
    this.limits = limits;
    this.rejections = rejections;
    this.known = known;
    this.scan = scan;
  }

  void resource(ResourceLabels next) {
    resource = next;
    newestMillis = 0;
  }

  void metric(MetricHead next) {
    head = next;
  }

  /** Of the resource's samples so far, in milliseconds since the epoch; 0 before the first. */
  long newestMillis() {
    return newestMillis;
  }

  SeriesLimits limits() {
    return limits;
  }

  /**
   * Whether a point may be kept; where not, it counts as rejected. To be asked once for each point,
   * before any of its series.
   *
   * @param any a part that the point has, without a label of its own
   */
  boolean accepts(Point point, Part any, @Nullable String objection) {
    String labels = labelObjection(point, any);
    String why = objection;
    if (why == null && resource.objection() != null) {
      why = "its resource: " + resource.objection();
    }
    if (why == null) {
      why = labels;
    }
    String late =
        why == null && !open.contains(point.timeMillis())
            ? window.objection(point.timeMillis())
            : null;
    if (late != null) {
      rejections.addUntimely(rejected(late));
      return false;
    }
    if (why != null) {
      rejections.add(rejected(why));
      return false;
    }
    newestMillis = Math.max(newestMillis, point.timeMillis());
    return true;
  }

  private String rejected(String why) {
    return "a data point of metric " + head.name() + " is rejected: " + why;
  }

  /** Labels of a series that is known were found good; others are decoded. */
  private @Nullable String labelObjection(Point point, Part any) {
    decoded = false;
    firstPart = any;
    first = find(point, any, 0);
    if (first != null) {
      return null;
    }
    decode(point);
    return point.labels.objection(limits);
  }

  private void decode(Point point) {
    if (!decoded) {
      point.labels.decode(scan);
      decoded = true;
    }
  }

  private boolean isKnowable(Point point) {
    return resource.id() != 0 && head.id() != 0 && point.labels.inARow();
  }

  private @Nullable Labels find(Point point, Part part, double extra) {
    if (!isKnowable(point)) {
      return null;
    }
    PointLabels labels = point.labels;
    return known.series.find(
        probe
            .set(scan.bytes(), labels.from(), labels.to())
            .within(
                resource.id(),
                head.id() * Part.values().length + part.ordinal(),
                Double.doubleToRawLongBits(extra)));
  }

  /** The labels of a point's plain series, sum or count, once it is accepted. */
  Labels series(Point point, Part part) {
    return first != null && part == firstPart ? first : series(point, part, 0);
  }

  /** The labels of one of a point's buckets or quantiles, once it is accepted. */
  Labels series(Point point, Part part, double extra) {
    Labels found = find(point, part, extra);
    if (found != null) {
      return found;
    }
    decode(point);
    String value = part.extra.isEmpty() ? "" : known.texts.shared(Numbers.plain(extra));
    Labels made =
        point.labels.series(
            resource.target(), head.family() + part.suffix, part.extra, value, known.texts);
    if (!isKnowable(point)) {
      return made;
    }
    Labels kept = known.series.put(probe, made, Texts.bytes(made));
    return kept == null ? made : kept;
  }

  void sample(Point point, Labels series, double value, boolean counts) {
    batch.add(
        resource.target(), series, point.timeMillis(), value, counts ? point.startMillis() : 0);
  }

  void histogram(Point point, Labels series, NativeHistogram histogram) {
    batch.add(resource.target(), series, point.timeMillis(), histogram, point.startMillis());
  }

  void exemplar(Labels series, Exemplar exemplar) {
    long time = exemplar.timestampMillis();
    if (open.contains(time) || window.objection(time) == null) {
      batch.exemplar(resource.target(), series, exemplar);
    }
  }
}
