package dev.sextant.traceql.parse;

import dev.sextant.traceql.ast.Aggregate;
import dev.sextant.traceql.ast.Attribute;
import dev.sextant.traceql.ast.Intrinsic;
import dev.sextant.traceql.ast.Static;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Words that mean something, in the one case in which they do. */
final class Words {
  /** Words that are values. */
  static final Map<String, Static> STATICS = statics();

  /** Intrinsics that are named by a word alone. */
  static final Map<String, Intrinsic> INTRINSICS = intrinsics();

  /** Intrinsics by scope and the word behind its colon. */
  static final Map<String, Map<String, Intrinsic>> SCOPED = scoped();

  /** Scopes of attributes. */
  static final Map<String, Attribute.Scope> SCOPES = scopes();

  static final Map<String, Aggregate.Op> AGGREGATES = aggregates("");
  static final Map<String, Aggregate.Op> OVER_TIME = aggregates("_over_time");

  /** Functions that make series. */
  static final Set<String> METRICS =
      Set.of(
          "rate",
          "count_over_time",
          "min_over_time",
          "max_over_time",
          "avg_over_time",
          "sum_over_time",
          "histogram_over_time",
          "quantile_over_time",
          "compare");

  /** Every word with a meaning; others are identifiers. */
  static final Set<String> KEYWORDS = keywords();

  private Words() {}

  private static Map<String, Static> statics() {
    Map<String, Static> words = new HashMap<>();
    words.put("true", Static.TRUE);
    words.put("false", Static.FALSE);
    words.put("nil", Static.NIL);
    for (Static.Status status : Static.Status.values()) {
      words.put(status.text(), status);
    }
    for (Static.Kind kind : Static.Kind.values()) {
      words.put(kind.text(), kind);
    }
    return Map.copyOf(words);
  }

  private static Map<String, Intrinsic> intrinsics() {
    Map<String, Intrinsic> words = new HashMap<>();
    for (Intrinsic intrinsic : Intrinsic.values()) {
      if (intrinsic.text().indexOf(':') < 0) {
        words.put(intrinsic.text(), intrinsic);
      }
    }
    return Map.copyOf(words);
  }

  private static Map<String, Map<String, Intrinsic>> scoped() {
    Map<String, Map<String, Intrinsic>> scopes = new HashMap<>();
    for (Intrinsic intrinsic : Intrinsic.values()) {
      int colon = intrinsic.text().indexOf(':');
      if (colon >= 0) {
        String word = intrinsic.text().substring(colon + 1);
        put(scopes, intrinsic.text().substring(0, colon), word, intrinsic);
      }
    }
    for (Intrinsic intrinsic :
        List.of(
            Intrinsic.DURATION,
            Intrinsic.NAME,
            Intrinsic.STATUS,
            Intrinsic.STATUS_MESSAGE,
            Intrinsic.KIND)) {
      put(scopes, "span", intrinsic.text(), intrinsic);
    }
    put(scopes, "trace", "duration", Intrinsic.TRACE_DURATION);
    put(scopes, "trace", "rootName", Intrinsic.ROOT_NAME);
    put(scopes, "trace", "rootService", Intrinsic.ROOT_SERVICE_NAME);
    return scopes;
  }

  private static void put(
      Map<String, Map<String, Intrinsic>> scopes, String scope, String word, Intrinsic intrinsic) {
    scopes.computeIfAbsent(scope, name -> new LinkedHashMap<>()).put(word, intrinsic);
  }

  private static Map<String, Attribute.Scope> scopes() {
    Map<String, Attribute.Scope> words = new HashMap<>();
    for (Attribute.Scope scope : Attribute.Scope.values()) {
      if (scope != Attribute.Scope.ANY) {
        words.put(scope.prefix().substring(0, scope.prefix().length() - 1), scope);
      }
    }
    return Map.copyOf(words);
  }

  private static Map<String, Aggregate.Op> aggregates(String suffix) {
    Map<String, Aggregate.Op> words = new HashMap<>();
    for (Aggregate.Op op : Aggregate.Op.values()) {
      words.put(op.text() + suffix, op);
    }
    return Map.copyOf(words);
  }

  private static Set<String> keywords() {
    Set<String> words = new HashSet<>();
    words.addAll(STATICS.keySet());
    words.addAll(INTRINSICS.keySet());
    words.addAll(AGGREGATES.keySet());
    words.addAll(METRICS);
    words.addAll(List.of("count", "by", "select", "coalesce", "topk", "bottomk", "with", "parent"));
    return Set.copyOf(words);
  }
}
