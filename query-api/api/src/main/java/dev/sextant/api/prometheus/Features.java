package dev.sextant.api.prometheus;

import dev.sextant.metrics.model.Matcher;
import dev.sextant.promql.PromOptions;
import dev.sextant.promql.ast.AggregateOp;
import dev.sextant.promql.ast.BinaryOp;
import dev.sextant.promql.ast.FunctionSignature;
import dev.sextant.promql.parse.Functions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of Prometheus this server does, by Prometheus' own categories and names. What stands in none
 * of its lists is not done.
 */
final class Features {
  private Features() {}

  static Map<String, Map<String, Boolean>> of(PromOptions options, List<String> discoveries) {
    Map<String, Map<String, Boolean>> features = new TreeMap<>();
    features.put("api", api());
    features.put(
        "otlp_receiver", flags(List.of(), List.of("delta_conversion", "native_delta_ingestion")));
    features.put(
        "prometheus", flags(List.of("server_mode"), List.of("agent_mode", "auto_reload_config")));
    features.put("promql", language(options));
    features.put("promql_functions", functions(options));
    features.put("promql_operators", operators(options));
    features.put(
        "rules",
        flags(List.of("keep_firing_for"), List.of("concurrent_rule_eval", "query_offset")));
    features.put(
        "scrape",
        flags(
            List.of(),
            List.of(
                "extra_scrape_metrics", "start_timestamp_zero_ingestion", "type_and_unit_labels")));
    features.put("service_discovery_providers", flags(discoveries, List.of()));
    features.put("tsdb", flags(List.of("exemplar_storage", "native_histograms"), List.of()));
    return features;
  }

  private static Map<String, Boolean> api() {
    return flags(
        List.of(
            "exclude_alerts",
            "label_values_match",
            "otlp_write_receiver",
            "query_stats",
            "query_warnings",
            "remote_write_receiver",
            "time_range_labels",
            "time_range_series"),
        List.of("admin", "lifecycle", "search"));
  }

  private static Map<String, Boolean> language(PromOptions options) {
    Map<String, Boolean> flags =
        flags(
            List.of(
                "at_modifier",
                "bool",
                "by",
                "group_left",
                "group_right",
                "ignoring",
                "negative_offset",
                "offset",
                "on",
                "per_query_lookback_delta",
                "per_step_stats",
                "subqueries",
                "without"),
            List.of("type_and_unit_labels"));
    flags.put("anchored", options.syntax().extendedRanges());
    flags.put("smoothed", options.syntax().extendedRanges());
    flags.put("delayed_name_removal", options.delayedNameRemoval());
    flags.put("duration_expr", options.syntax().durationExpressions());
    for (String fill : List.of("fill", "fill_left", "fill_right")) {
      flags.put(fill, options.syntax().fillModifiers());
    }
    return flags;
  }

  private static Map<String, Boolean> functions(PromOptions options) {
    Map<String, Boolean> flags = new TreeMap<>();
    for (FunctionSignature function : Functions.all()) {
      flags.put(
          function.name(), !function.experimental() || options.syntax().experimentalFunctions());
    }
    return flags;
  }

  private static Map<String, Boolean> operators(PromOptions options) {
    Map<String, Boolean> flags = new TreeMap<>();
    for (BinaryOp op : BinaryOp.values()) {
      flags.put(op.symbol(), true);
    }
    for (Matcher.Type type : Matcher.Type.values()) {
      if (type != Matcher.Type.EQUAL) {
        flags.put(type.symbol(), true);
      }
    }
    flags.put("@", true);
    for (AggregateOp op : AggregateOp.values()) {
      flags.put(op.text(), !op.isExperimental() || options.syntax().experimentalFunctions());
    }
    return flags;
  }

  private static Map<String, Boolean> flags(List<String> done, List<String> missing) {
    Map<String, Boolean> flags = new TreeMap<>();
    done.forEach(name -> flags.put(name, true));
    missing.forEach(name -> flags.put(name, false));
    return flags;
  }
}
