package dev.sextant.ui.logic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.metrics.model.InMemorySeries;
import dev.sextant.metrics.model.InMemorySeriesBuilder;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.promql.PromEngine;
import dev.sextant.promql.QueryLimits;
import dev.sextant.promql.QueryResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the page of a service asks of its JVMs, answered by the engine over what senders send. */
class JvmTest {
  private static final long NOW = 1_772_366_400_000L;
  private static final long MINUTE = 60_000;

  private static Script script;

  private final InMemorySeriesBuilder series = InMemorySeries.builder();

  @BeforeAll
  static void start() {
    script = new Script();
  }

  @AfterAll
  static void stop() {
    script.close();
  }

  /** A gauge, or a counter that grows by {@code growth} a minute, of five minutes. */
  private void sent(String job, double value, double growth, String... labels) {
    Map<String, String> all = new TreeMap<>(Map.of("job", job, "instance", "i1"));
    all.put(Labels.NAME, labels[0]);
    for (int i = 1; i < labels.length; i += 2) {
      all.put(labels[i], labels[i + 1]);
    }
    for (int minute = 5; minute >= 0; minute--) {
      series.add(Labels.of(all), NOW - minute * MINUTE, value + (5 - minute) * growth);
    }
  }

  /** Figure by key, of the only instance. */
  private Map<String, Double> figures(String service) {
    InMemorySeries source = series.build();
    PromEngine engine = new PromEngine(QueryLimits.DEFAULT);
    Map<String, Double> found = new LinkedHashMap<>();
    for (int i = 0; i < 4; i++) {
      String question = "sx.service.jvm('" + service + "', '180s')[" + i + "]";
      String expression = script.text(question + ".expression");
      var vector = (QueryResult.Vector) engine.query(source, expression, NOW).value();
      for (double value : vector.values()) {
        found.put(script.text(question + ".key"), value);
      }
    }
    return found;
  }

  private static void assertShop(Map<String, Double> found) {
    assertThat(found.keySet()).containsExactly("heap", "gc", "threads", "cpu");
    assertThat(found.get("heap")).isEqualTo(300);
    assertThat(found.get("gc")).isBetween(0.0099, 0.0101);
    assertThat(found.get("threads")).isEqualTo(42);
    assertThat(found.get("cpu")).isEqualTo(0.25);
  }

  @Test
  void openTelemetrysNames_ofAgentsAndSkyWalking() {
    String[] heap = {
      "jvm_memory_used_bytes", "jvm_memory_type", "heap", "jvm_memory_pool_name", ""
    };
    for (String pool : new String[] {"G1 Eden Space", "G1 Old Gen", "G1 Survivor Space"}) {
      heap[4] = pool;
      sent("eu/shop", 100, 0, heap);
    }
    sent("eu/shop", 70, 0, "jvm_memory_used_bytes", "jvm_memory_type", "non_heap");
    sent("eu/shop", 5, 0.4, "jvm_gc_duration_seconds_sum", "jvm_gc_action", "end of minor GC");
    sent("eu/shop", 5, 0.2, "jvm_gc_duration_seconds_sum", "jvm_gc_action", "end of major GC");
    sent("eu/shop", 40, 0, "jvm_thread_count", "jvm_thread_state", "runnable");
    sent("eu/shop", 2, 0, "jvm_thread_count", "jvm_thread_state", "waiting");
    sent("eu/shop", 0.25, 0, "jvm_cpu_recent_utilization_ratio");
    sent("shopping", 9, 0, "jvm_cpu_recent_utilization_ratio");

    assertShop(figures("shop"));
  }

  @Test
  void micrometersNames_ofScrapesAndOtlp() {
    sent("shop", 200, 0, "jvm_memory_used_bytes", "area", "heap", "id", "G1 Old Gen");
    sent("shop", 100, 0, "jvm_memory_used_bytes", "area", "heap", "id", "G1 Eden Space");
    sent("shop", 70, 0, "jvm_memory_used_bytes", "area", "nonheap", "id", "Metaspace");
    sent("shop", 5, 0.6, "jvm_gc_pause_seconds_sum", "action", "end of minor GC");
    sent("shop", 42, 0, "jvm_threads_live_threads");
    sent("shop", 0.25, 0, "process_cpu_usage");
    assertShop(figures("shop"));

    sent("other", 5, 600, "jvm_gc_pause_milliseconds_sum", "action", "end of minor GC");
    sent("other", 42, 0, "jvm_threads_live");
    assertThat(figures("other").get("threads")).isEqualTo(42);
    assertThat(figures("other").get("gc")).isBetween(0.0099, 0.0101);
  }

  @Test
  void prometheusClientsNames_ofBothItsGenerations() {
    sent("shop", 300, 0, "jvm_memory_bytes_used", "area", "heap");
    sent("shop", 5, 0.6, "jvm_gc_collection_seconds_sum", "gc", "G1 Young Generation");
    sent("shop", 42, 0, "jvm_threads_current");
    sent("shop", 300, 0, "jvm_memory_used_bytes", "area", "heap");

    assertThat(figures("shop").keySet()).containsExactly("heap", "gc", "threads");
    assertThat(figures("shop").get("heap")).isEqualTo(300);
  }

  @Test
  void unnamedService_hasNoJob() {
    series.add(Labels.of(Labels.NAME, "jvm_thread_count", "instance", "i1"), NOW, 7);
    sent("shop", 9, 0, "jvm_thread_count");

    assertThat(figures("unknown_service")).isEqualTo(Map.of("threads", 7.0));
  }

  @Test
  void nativeHistogramOfCollections_isTimeToo() {
    Labels gc = Labels.of(Labels.NAME, "jvm_gc_duration_seconds", "instance", "i1", "job", "a.\\b");
    for (int minute = 5; minute >= 0; minute--) {
      double count = 20 - minute;
      NativeHistogram histogram =
          new NativeHistogram(
              0,
              0,
              count,
              count,
              count * 0.6,
              new int[0],
              new double[0],
              new int[0],
              new double[0],
              new double[0],
              NativeHistogram.ResetHint.UNKNOWN);
      series.add(gc, NOW - minute * MINUTE, histogram);
    }

    assertThat(figures("a.\\\\b").get("gc")).isBetween(0.0099, 0.0101);
  }
}
