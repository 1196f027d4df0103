package dev.sextant.api.jaeger;

import dev.sextant.api.http.ApiException;
import dev.sextant.api.http.Params;
import dev.sextant.traceql.ast.Static;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a question for metrics of services asks of derived series.
 *
 * @param services at least one
 * @param kinds of spans, as derived series name them
 * @param byOperation whether operations are told apart
 * @param ratePerMillis over which a rate is taken
 */
record MetricQuestion(
    List<String> services,
    List<String> kinds,
    boolean byOperation,
    long startMillis,
    long endMillis,
    long stepMillis,
    long ratePerMillis) {
  private static final long HOUR = 3_600_000;
  private static final String MILLIS = "milliseconds, at least 1";

  static MetricQuestion of(Params params) {
    List<String> services = params.all("service");
    if (services.isEmpty()) {
      throw ApiException.badRequest(
          "unable to parse param 'service': please provide at least one service name");
    }
    long end =
        JaegerParams.whole(params, "endTs", "milliseconds since the epoch")
            .orElse(params.nowMillis());
    return new MetricQuestion(
        services,
        kinds(params),
        params.bool("groupByOperation").orElse(false),
        Math.max(0, end - positive(params, "lookback", HOUR)),
        end,
        positive(params, "step", 5_000),
        positive(params, "ratePer", HOUR / 6));
  }

  private static long positive(Params params, String name, long absent) {
    long value = JaegerParams.whole(params, name, MILLIS).orElse(absent);
    if (value == 0) {
      throw Params.bad(name, "0", MILLIS);
    }
    return value;
  }

  private static List<String> kinds(Params params) {
    List<String> asked = params.all("spanKind");
    List<String> kinds = new ArrayList<>();
    for (String kind : asked.isEmpty() ? List.of("server") : asked) {
      Static.Kind known = NameEndpoints.kind("spanKind", kind);
      kinds.add("SPAN_KIND_" + known.text().toUpperCase(Locale.ROOT));
    }
    return kinds;
  }

  String labels() {
    return byOperation ? "service, span_name" : "service";
  }

  /** {@code sum by (…) (rate(…))} of a derived series. */
  String rate(String series, String moreMatchers, String moreLabels) {
    return "sum by (%s%s) (rate(%s{service=~%s, span_kind=~%s%s}[%dms]))"
        .formatted(
            labels(),
            moreLabels,
            series,
            anyOf(services),
            anyOf(kinds),
            moreMatchers,
            ratePerMillis);
  }

  /** A regular expression that matches the texts, as PromQL's string. */
  private static String anyOf(List<String> texts) {
    String expression =
        texts.stream().map(MetricQuestion::literally).collect(Collectors.joining("|"));
    return '"' + expression.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  private static String literally(String text) {
    return text.replaceAll("[\\\\.+*?()|\\[\\]{}^$]", "\\\\$0");
  }
}
