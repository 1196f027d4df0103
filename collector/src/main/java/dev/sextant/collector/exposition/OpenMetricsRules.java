package dev.sextant.collector.exposition;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules of OpenMetrics 1.0 that span lines: families stand together and once, metadata before
 * samples, metrics of a family together, values and labels as the type asks.
 */
final class OpenMetricsRules implements ExpositionHandler {
  private static final int EXEMPLAR_LENGTH = 128;

  private final ExpositionHandler next;
  private final Set<String> families = new HashSet<>();
  private final Set<TreeMap<String, String>> groups = new HashSet<>();
  private String family = "";
  private FamilyType type = FamilyType.UNKNOWN;
  private String unit = "";
  private final Set<String> described = new HashSet<>();
  private boolean sampled;
  private @Nullable TreeMap<String, String> group;
  private MetricRules metric = new MetricRules(FamilyType.UNKNOWN, "");

  OpenMetricsRules(ExpositionHandler next) {
    this.next = next;
  }

  @Override
  public void type(String of, String named) throws Violation {
    describe(of, "TYPE");
    FamilyType known = FamilyType.of(named);
    if (known == null) {
      throw new Violation("'" + named + "' is no metric type");
    }
    type = known;
    next.type(of, named);
  }

  @Override
  public void help(String of, String help) throws Violation {
    describe(of, "HELP");
    next.help(of, help);
  }

  @Override
  public void unit(String of, String named) throws Violation {
    describe(of, "UNIT");
    unit = named;
    next.unit(of, named);
  }

  private void describe(String of, String keyword) throws Violation {
    if (!of.equals(family)) {
      begin(of);
    } else if (sampled) {
      throw new Violation("# " + keyword + " of " + of + " stands behind its samples");
    }
    if (!described.add(keyword)) {
      throw new Violation("# " + keyword + " of " + of + " stands twice");
    }
  }

  private void begin(String of) throws Violation {
    finishFamily();
    if (!families.add(of)) {
      throw new Violation("metric family " + of + " stands in two places");
    }
    family = of;
    type = FamilyType.UNKNOWN;
    unit = "";
    described.clear();
    groups.clear();
    group = null;
    sampled = false;
  }

  private void finishFamily() throws Violation {
    metric.end();
    metric = new MetricRules(FamilyType.UNKNOWN, "");
    if (!unit.isEmpty()) {
      if (!family.endsWith("_" + unit)) {
        throw new Violation("the name " + family + " does not end with its unit, _" + unit);
      }
      if (type == FamilyType.INFO || type == FamilyType.STATESET) {
        throw new Violation(family + " has a unit, which its type may not have");
      }
    }
  }

  @Override
  public void sample(Sample sample) throws Violation {
    String suffix = family.isEmpty() ? null : type.suffix(family, sample.name());
    if (suffix == null) {
      begin(sample.name());
      suffix = "";
    }
    sampled = true;
    String inner = type.inner(family);
    TreeMap<String, String> labels = new TreeMap<>(sample.labels());
    labels.remove(inner);
    if (!labels.equals(group)) {
      if (!groups.add(labels)) {
        throw new Violation("samples of " + family + labels + " stand in two places");
      }
      metric.end();
      metric = new MetricRules(type, family);
      group = labels;
    }
    metric.sample(sample, suffix, sample.labels().get(inner));
    exemplar(sample, suffix);
    next.sample(sample);
  }

  private void exemplar(Sample sample, String suffix) throws Violation {
    Sample.LineExemplar exemplar = sample.exemplar();
    if (exemplar == null) {
      return;
    }
    if (!type.mayHaveExemplar(suffix)) {
      throw new Violation(sample.name() + " may not have exemplars");
    }
    int length = 0;
    for (var label : exemplar.labels().entrySet()) {
      length += label.getKey().codePointCount(0, label.getKey().length());
      length += label.getValue().codePointCount(0, label.getValue().length());
    }
    if (length > EXEMPLAR_LENGTH) {
      throw new Violation(
          "an exemplar's labels have " + length + " characters, more than " + EXEMPLAR_LENGTH);
    }
  }

  @Override
  public void end() throws Violation {
    finishFamily();
    next.end();
  }
}
