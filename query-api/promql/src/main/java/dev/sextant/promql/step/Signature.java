package dev.sextant.promql.step;

import dev.sextant.metrics.model.Labels;
import dev.sextant.promql.ast.VectorMatching;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The part of a label set by which two vectors are matched. */
final class Signature {
  private final boolean on;
  private final List<String> names;
  private final Set<String> ignored;

  Signature(VectorMatching matching) {
    on = matching.on();
    names = matching.labels();
    ignored = new HashSet<>(names);
    ignored.add(Labels.NAME);
  }

  Labels of(Labels labels) {
    return on ? LabelSets.only(labels, names) : LabelSets.without(labels, ignored);
  }
}
