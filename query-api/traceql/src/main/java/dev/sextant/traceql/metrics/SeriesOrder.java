package dev.sextant.traceql.metrics;

import dev.sextant.traceql.MetricsAnswer.Series;
import dev.sextant.traceql.NamedValue;
import dev.sextant.traceql.Value;
import dev.sextant.traceql.ast.FieldOp;
import dev.sextant.traceql.field.Operators;
import java.util.Comparator;
import java.util.List;

/** The order of series in answers: by how many labels they have, then by these. */
final class SeriesOrder {
  static final Comparator<Series> ORDER = (a, b) -> compare(a.labels(), b.labels());

  private SeriesOrder() {}

  private static int compare(List<NamedValue> a, List<NamedValue> b) {
    int order = Integer.compare(a.size(), b.size());
    for (int i = 0; order == 0 && i < a.size(); i++) {
      order = a.get(i).name().compareTo(b.get(i).name());
      order = order != 0 ? order : compare(a.get(i).value(), b.get(i).value());
    }
    return order;
  }

  /**
   * Numbers by size, before all else by its text; what looks the same by type, lists by those of
   * their elements.
   */
  static int compare(Value a, Value b) {
    boolean number = Operators.isNumber(a);
    if (number != Operators.isNumber(b)) {
      return number ? -1 : 1;
    }
    int order =
        !number
            ? a.text().compareTo(b.text())
            : Operators.holds(FieldOp.LESS, a, b)
                ? -1
                : Operators.holds(FieldOp.GREATER, a, b) ? 1 : 0;
    return order != 0 ? order : a.toString().compareTo(b.toString());
  }
}
