package dev.sextant.collector.scrape;

import dev.sextant.collector.exposition.Dialect;
import dev.sextant.collector.exposition.ExpositionHandler;
import dev.sextant.collector.exposition.Sample;
import dev.sextant.collector.receive.EventWindow;
import dev.sextant.collector.relabel.RelabelRule;
import dev.sextant.metrics.MetricsBatchBuilder;
import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Metadata;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One scrape's lines as samples: with the target's labels, relabeled, within the limits. */
final class ScrapedSamples implements ExpositionHandler {
  private final Target target;
  private final Dialect dialect;
  private final long scrapeMillis;
  private final EventWindow window;
  private final MetricsBatchBuilder batch;
  private final Labels storeTarget;
  private final Map<String, Metadata> metadata = new LinkedHashMap<>();
  private final Set<Labels> series = new LinkedHashSet<>();
  private int scraped;
  private int kept;
  private int outside;

  ScrapedSamples(
      Target target,
      Dialect dialect,
      long scrapeMillis,
      EventWindow window,
      MetricsBatchBuilder batch) {
    this.target = target;
    this.dialect = dialect;
    this.scrapeMillis = scrapeMillis;
    this.window = window;
    this.batch = batch;
    this.storeTarget = target.storeTarget();
  }

  @Override
  public void type(String family, String type) {
    Metadata known = known(family);
    metadata.put(family, new Metadata(family, type, known.help(), known.unit()));
  }

  @Override
  public void help(String family, String help) {
    Metadata known = known(family);
    metadata.put(family, new Metadata(family, known.type(), help, known.unit()));
  }

  @Override
  public void unit(String family, String unit) {
    Metadata known = known(family);
    metadata.put(family, new Metadata(family, known.type(), known.help(), unit));
  }

  private Metadata known(String family) {
    Metadata known = metadata.get(family);
    return known == null ? new Metadata(family, "unknown", "", "") : known;
  }

  @Override
  public void sample(Sample sample) throws Violation {
    scraped++;
    TreeMap<String, String> labels = withTarget(sample);
    if (!RelabelRule.apply(target.config().metricRelabel(), labels)) {
      return;
    }
    labels.keySet().removeIf(name -> name.startsWith("__") && !name.equals(Labels.NAME));
    if (labels.getOrDefault(Labels.NAME, "").isEmpty()) {
      throw new Violation("relabeling left " + sample.name() + " without a name");
    }
    limits(labels);
    kept++;
    Labels named = Labels.of(labels);
    boolean ownTime = target.config().honorTimestamps() && !sample.timestamp().isEmpty();
    long time = ownTime ? millis(sample.timestamp()) : scrapeMillis;
    if (ownTime && window.objection(time) != null) {
      outside++;
      return;
    }
    batch.add(storeTarget, named, time, sample.value());
    if (!ownTime) {
      series.add(named);
    }
    Sample.LineExemplar exemplar = sample.exemplar();
    if (exemplar != null) {
      long exemplarTime = exemplar.timestamp().isEmpty() ? time : millis(exemplar.timestamp());
      batch.exemplar(
          storeTarget,
          named,
          new Exemplar(Labels.of(exemplar.labels()), exemplar.value(), exemplarTime));
    }
  }

  private long millis(String timestamp) {
    return dialect == Dialect.OPENMETRICS
        ? (long) (Double.parseDouble(timestamp) * 1000)
        : Long.parseLong(timestamp);
  }

  /** A label that both have goes to the sample under honor_labels, else to {@code exported_…}. */
  private TreeMap<String, String> withTarget(Sample sample) {
    TreeMap<String, String> labels = new TreeMap<>(sample.labels());
    labels.put(Labels.NAME, sample.name());
    target
        .labels()
        .forEach(
            (name, value) -> {
              String own = labels.get(name);
              if (own == null || !target.config().honorLabels()) {
                labels.put(name, value);
                if (own != null && !own.isEmpty()) {
                  String moved = "exported_" + name;
                  while (labels.containsKey(moved) || target.labels().has(moved)) {
                    moved = "exported_" + moved;
                  }
                  labels.put(moved, own);
                }
              }
            });
    labels.values().removeIf(String::isEmpty);
    return labels;
  }

  private void limits(TreeMap<String, String> labels) throws Violation {
    ScrapeConfig.Limits limits = target.config().limits();
    if (limits.labels() > 0 && labels.size() > limits.labels()) {
      throw new Violation("label_limit (" + limits.labels() + ") exceeded by " + labels);
    }
    for (Map.Entry<String, String> each : labels.entrySet()) {
      if (limits.labelName() > 0 && each.getKey().length() > limits.labelName()) {
        throw new Violation("label_name_length_limit exceeded by " + each.getKey());
      }
      if (limits.labelValue() > 0 && each.getValue().length() > limits.labelValue()) {
        throw new Violation("label_value_length_limit exceeded by label " + each.getKey());
      }
    }
    if (limits.samples() > 0 && kept >= limits.samples()) {
      throw new Violation("sample_limit (" + limits.samples() + ") exceeded");
    }
  }

  @Override
  public void end() {
    metadata.values().forEach(batch::metadata);
  }

  /** Series whose samples bear the scrape's own time, and which end when they are gone. */
  Set<Labels> series() {
    return series;
  }

  /** Samples in the exposition. */
  int scraped() {
    return scraped;
  }

  /** Samples after relabeling. */
  int kept() {
    return kept;
  }

  /** Samples whose own time lies outside of what is accepted. */
  int outside() {
    return outside;
  }
}
