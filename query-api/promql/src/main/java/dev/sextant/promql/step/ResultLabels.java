package dev.sextant.promql.step;

import dev.sextant.metrics.model.Labels;
import dev.sextant.promql.ast.VectorMatching;
import dev.sextant.promql.ast.VectorMatching.Cardinality;
import java.util.Set;
import java.util.TreeMap;

/** The labels of a pair's result. */
final class ResultLabels {
  private final VectorMatching matching;
  private final boolean dropName;
  private final Set<String> ignored;

  ResultLabels(VectorMatching matching, boolean dropName) {
    this.matching = matching;
    this.dropName = dropName;
    this.ignored = Set.copyOf(matching.labels());
  }

  /** From the labels of the side that may have several partners, and of the other. */
  Labels of(Labels many, Labels one) {
    Labels base = dropName ? LabelSets.withoutName(many) : many;
    if (matching.cardinality() == Cardinality.ONE_TO_ONE) {
      return matching.on()
          ? LabelSets.only(base, matching.labels())
          : LabelSets.without(base, ignored);
    }
    if (matching.include().isEmpty()) {
      return base;
    }
    TreeMap<String, String> labels = base.toMap();
    for (String name : matching.include()) {
      labels.put(name, one.get(name));
    }
    return Labels.of(labels);
  }
}
