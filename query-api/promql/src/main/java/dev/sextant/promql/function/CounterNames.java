package dev.sextant.promql.function;

import java.util.List;

/** Whether a metric's name is that of a counter. */
final class CounterNames {
  private static final List<String> SUFFIXES = List.of("_total", "_sum", "_count", "_bucket");

  private CounterNames() {}

  /** Notes a name that is none, once for a series. */
  static void check(RangeWindow w) {
    if (!w.isFirstUseAsCounter()) {
      return;
    }
    String name = w.name();
    if (name.isEmpty()) {
      return;
    }
    String type = w.typeLabel();
    if (type != null) {
      checkType(w, name, type);
      return;
    }
    for (String suffix : SUFFIXES) {
      if (name.endsWith(suffix)) {
        return;
      }
    }
    w.notices.info(
        "metric might not be a counter, name does not end in _total/_sum/_count/_bucket: \""
            + name
            + "\"");
  }

  private static void checkType(RangeWindow w, String name, String type) {
    if (!type.equals("counter") && !type.equals("histogram")) {
      w.notices.info(
          "metric might not be a counter, __type__ label is not set to \"counter\" or \"histogram\", got \""
              + type
              + "\": \""
              + name
              + "\"");
    }
  }
}
