package dev.sextant.trace.model;

import java.util.List;

/** The order of {@link SpanValue#ORDER}. */
final class ValueOrder {
  private ValueOrder() {}

  static int compare(SpanValue a, SpanValue b) {
    if (a instanceof SpanValue.Text(String x) && b instanceof SpanValue.Text(String y)) {
      return TextOrder.compare(x, y);
    }
    if (a instanceof SpanValue.Int(long x) && b instanceof SpanValue.Int(long y)) {
      return Long.compare(x, y);
    }
    if (a instanceof SpanValue.Decimal(double x) && b instanceof SpanValue.Decimal(double y)) {
      return Double.compare(x, y);
    }
    if (a instanceof SpanValue.Bool(boolean x) && b instanceof SpanValue.Bool(boolean y)) {
      return Boolean.compare(x, y);
    }
    if (a instanceof SpanValue.Array(var x) && b instanceof SpanValue.Array(var y)) {
      return lists(x, y);
    }
    if (a instanceof SpanValue.Other(String x) && b instanceof SpanValue.Other(String y)) {
      return TextOrder.compare(x, y);
    }
    return Integer.compare(type(a), type(b));
  }

  private static int lists(List<SpanValue> a, List<SpanValue> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = compare(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static int type(SpanValue value) {
    return switch (value) {
      case SpanValue.Text text -> 0;
      case SpanValue.Int number -> 1;
      case SpanValue.Decimal number -> 2;
      case SpanValue.Bool bool -> 3;
      case SpanValue.Array list -> 4;
      case SpanValue.Other other -> 5;
    };
  }
}
