package dev.sextant.promql.step;

import dev.sextant.metrics.model.Labels;
import dev.sextant.promql.parse.Names;
import dev.sextant.promql.parse.Quoting;

/** Label sets as Prometheus' messages write them: {@code {__name__="up", job="a"}}. */
public final class LabelText {
  private LabelText() {}

  public static String of(Labels labels) {
    StringBuilder out = new StringBuilder("{");
    for (int i = 0; i < labels.size(); i++) {
      String name = labels.name(i);
      out.append(i == 0 ? "" : ", ")
          .append(Names.isPlain(name) ? name : Quoting.quote(name))
          .append('=')
          .append(Quoting.quote(labels.value(i)));
    }
    return out.append('}').toString();
  }
}
