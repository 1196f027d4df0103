package dev.sextant.ui.fake;

import static dev.sextant.ui.fake.FakeShop.map;

import java.util.ArrayList;
import java.util.List;

/** Answers of {@code query_exemplars}: of each of two operations one every two minutes. */
final class FakeExemplars {
  private static final double[] SECONDS = {0.31, 1.9, 0.22, 8.4, 0.7};

  private FakeExemplars() {}

  static List<Object> answer(double start, double end) {
    return List.of(
        series("payments", "POST /charges", start, end),
        series("orders", FakeShop.HOSTILE, start + 60, end));
  }

  private static Object series(String service, String name, double start, double end) {
    List<Object> exemplars = new ArrayList<>();
    int i = 0;
    for (double at = start + 20; at < end; at += 120) {
      exemplars.add(
          map(
              "labels",
              map("trace_id", FakeTraces.TRACE_ID, "span_id", "a81f20c46be97d67"),
              "value",
              String.valueOf(SECONDS[i++ % SECONDS.length]),
              "timestamp",
              at));
    }
    return map(
        "seriesLabels",
        map("__name__", "latency_bucket", "service", service, "span_name", name, "le", "1"),
        "exemplars",
        exemplars);
  }
}
