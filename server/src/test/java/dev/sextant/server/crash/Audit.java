package dev.sextant.server.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Holds what a server answers against what its clients sent. For one thread. */
final class Audit {
  private static final Duration BEFORE = Duration.ofHours(3);

  private final URI api;
  private final String range;
  private final Http http = new Http();
  private final List<String> findings = new ArrayList<>();
  private final Map<String, Long> storedSpans = new TreeMap<>();
  private long storedTraces;

  Audit(URI api) {
    this.api = api;
    long now = System.currentTimeMillis();
    this.range = "from=" + (now - BEFORE.toMillis()) + "&to=" + (now + 60_000);
  }

  /** Audits everything; the answer is what is wrong, or nothing. */
  List<String> findings(Load load) throws IOException, InterruptedException {
    spans(load.spans.tries());
    traceSearch();
    red("traces_spanmetrics_calls_total");
    red("traces_spanmetrics_latency_count");
    samples(load.samples.tries());
    lines(load.lines.tries());
    return List.copyOf(findings);
  }

  /** Spans that the store holds. */
  long storedSpans() {
    return storedTraces * Spans.ROWS;
  }

  private void spans(Map<Batch, Ledger.Tries> sent) throws IOException, InterruptedException {
    List<String> all = IntStream.range(0, Spans.ROWS).mapToObj(Spans::spanId).sorted().toList();
    for (Map.Entry<Batch, Ledger.Tries> each : sent.entrySet()) {
      List<String> stored = storedTrace(Spans.traceId(each.getKey()));
      if (stored.equals(all)) {
        storedTraces++;
        IntStream.range(0, Spans.ROWS)
            .forEach(row -> storedSpans.merge(Spans.red(row), 1L, Long::sum));
      } else if (!stored.isEmpty() || each.getValue().acknowledged() > 0) {
        findings.add("trace of " + each + " has the spans " + stored);
      }
    }
  }

  private List<String> storedTrace(String id) throws IOException, InterruptedException {
    Http.Answer answer = http.get(api.resolve("/sextant/v1/traces/" + id));
    if (answer.status() == 404) {
      return List.of();
    }
    List<String> spans = new ArrayList<>();
    Http.read(answer.body()).path("spans").forEach(span -> spans.add(span.path("spanId").asText()));
    spans.sort(null);
    return spans;
  }

  private void traceSearch() throws IOException, InterruptedException {
    long traces = 0;
    long spans = 0;
    String page = "";
    do {
      JsonNode found = http.json(api.resolve("/sextant/v1/traces?limit=1000&" + range + page));
      for (JsonNode trace : found.path("traces")) {
        traces++;
        spans += trace.path("spans").asLong();
      }
      page = page(found);
    } while (!page.isEmpty());
    if (traces != storedTraces || spans != storedSpans()) {
      findings.add(
          "a search finds %d traces with %d spans; by id there are %d with %d"
              .formatted(traces, spans, storedTraces, storedSpans()));
    }
  }

  private static String page(JsonNode found) {
    String token = found.path("nextPage").asText("");
    return token.isEmpty() ? "" : "&page=" + Http.encode(token);
  }

  /** Every stored span is counted, once, under its service, name, kind and status. */
  private void red(String metric) throws IOException, InterruptedException {
    Map<String, Long> counted = new TreeMap<>();
    String query =
        "sum by (service, span_name, span_kind, status_code) ("
            + metric
            + "{service=~\"crash-.*\"})";
    for (JsonNode series : prometheus(query)) {
      JsonNode labels = series.path("metric");
      String key =
          String.join(
              " ",
              labels.path("service").asText(),
              labels.path("span_name").asText(),
              labels.path("span_kind").asText(),
              labels.path("status_code").asText());
      counted.put(key, (long) series.path("value").path(1).asDouble());
    }
    if (!counted.equals(storedSpans)) {
      findings.add(
          "%s is %d, but %d spans are stored: %s against %s"
              .formatted(metric, sum(counted), sum(storedSpans), counted, storedSpans));
    }
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private JsonNode prometheus(String query) throws IOException, InterruptedException {
    return http.json(api.resolve("/api/v1/query?query=" + Http.encode(query)))
        .path("data")
        .path("result");
  }

  private void samples(Map<Batch, Ledger.Tries> sent) throws IOException, InterruptedException {
    for (int client : sent.keySet().stream().mapToInt(Batch::client).distinct().toArray()) {
      for (int series = 0; series < Samples.SERIES; series++) {
        series(sent, client, series);
      }
    }
  }

  private void series(Map<Batch, Ledger.Tries> sent, int client, int series)
      throws IOException, InterruptedException {
    Map<Long, Double> stored = storedSamples(client, series);
    for (Map.Entry<Batch, Ledger.Tries> each : sent.entrySet()) {
      Batch batch = each.getKey();
      if (batch.client() != client) {
        continue;
      }
      int found = 0;
      for (int point = 0; point < Samples.POINTS; point++) {
        Double value = stored.remove(batch.timeMillis() + point);
        found += value != null && value == Samples.value(batch, series, point) ? 1 : 0;
      }
      boolean whole = found == Samples.POINTS;
      if (!whole && (found > 0 || each.getValue().acknowledged() > 0)) {
        findings.add("series " + series + " has " + found + " samples of " + each);
      }
    }
    if (!stored.isEmpty()) {
      findings.add(
          "series %d of client %d has samples nobody sent: %s".formatted(series, client, stored));
    }
  }

  private Map<Long, Double> storedSamples(int client, int series)
      throws IOException, InterruptedException {
    String selector =
        "%s{instance=\"%d\",series=\"%d\"}[%dh]"
            .formatted(Samples.METRIC, client, series, BEFORE.toHours());
    Map<Long, Double> stored = new HashMap<>();
    JsonNode result = prometheus(selector);
    if (result.size() != 1) {
      findings.add(selector + " finds " + result.size() + " series");
    }
    for (JsonNode sample : result.path(0).path("values")) {
      long millis = Math.round(sample.path(0).asDouble() * 1000);
      if (stored.put(millis, sample.path(1).asDouble()) != null) {
        findings.add(selector + " has two samples at " + millis);
      }
    }
    return stored;
  }

  private void lines(Map<Batch, Ledger.Tries> sent) throws IOException, InterruptedException {
    Map<String, Integer> stored = new HashMap<>();
    for (int client : sent.keySet().stream().mapToInt(Batch::client).distinct().toArray()) {
      storedLines(Lines.service(client), stored);
    }
    for (Map.Entry<Batch, Ledger.Tries> each : sent.entrySet()) {
      for (int row = 0; row < Lines.ROWS; row++) {
        Integer found = stored.remove(Lines.text(each.getKey(), row));
        int times = found == null ? 0 : found;
        if (times < each.getValue().acknowledged() || times > each.getValue().sent()) {
          findings.add("line " + row + " of " + each + " stands there " + times + " times");
        }
      }
    }
    if (!stored.isEmpty()) {
      findings.add("lines nobody sent: " + stored);
    }
  }

  private void storedLines(String service, Map<String, Integer> stored)
      throws IOException, InterruptedException {
    long lines = 0;
    long total;
    String page = "";
    do {
      JsonNode found =
          http.json(
              api.resolve(
                  "/sextant/v1/logs?order=oldest&limit=5000&service="
                      + service
                      + "&"
                      + range
                      + page));
      for (JsonNode line : found.path("lines")) {
        lines++;
        stored.merge(line.path("body").asText(), 1, Integer::sum);
      }
      total = Math.max(lines, page.isEmpty() ? found.path("total").asLong() : lines);
      page = page(found);
    } while (!page.isEmpty());
    if (lines != total) {
      findings.add("pages of " + service + " have " + lines + " lines of " + total);
    }
  }
}
