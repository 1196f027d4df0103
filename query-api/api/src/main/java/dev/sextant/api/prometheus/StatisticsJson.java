package dev.sextant.api.prometheus;

import dev.sextant.promql.QueryStatistics;

/**
 * The {@code stats} of an answer: timings and samples as Prometheus has them, and with {@code
 * stats=all} samples by step and, ours alone, what each node of the query gave and took.
 */
final class StatisticsJson {
  private StatisticsJson() {}

  static void write(JsonBytes json, QueryStatistics statistics, boolean perStep) {
    json.raw(",\"stats\":{\"timings\":{");
    long eval = statistics.evalNanos() + statistics.sortNanos() + statistics.prepareNanos();
    timing(json, "evalTotalTime", eval);
    timing(json.raw(","), "resultSortTime", statistics.sortNanos());
    timing(json.raw(","), "queryPreparationTime", statistics.prepareNanos());
    timing(json.raw(","), "innerEvalTime", statistics.evalNanos());
    timing(json.raw(","), "execQueueTime", 0);
    timing(json.raw(","), "execTotalTime", eval);
    json.raw("},\"samples\":{");
    if (perStep) {
      json.raw("\"totalQueryableSamplesPerStep\":[");
      for (int i = 0; i < statistics.samplesPerStep().length; i++) {
        json.raw(i == 0 ? "[" : ",[").seconds(statistics.stepTime(i));
        json.raw(",").number(statistics.samplesPerStep()[i]).raw("]");
      }
      json.raw("],");
    }
    json.raw("\"totalQueryableSamples\":").number(statistics.samples());
    json.raw(",\"peakSamples\":").number(statistics.peakSamples());
    json.raw(",\"peakMemoryBytes\":").number(statistics.peakMemoryBytes()).raw("}");
    if (perStep) {
      nodes(json, statistics);
    }
    json.raw("}");
  }

  private static void timing(JsonBytes json, String name, long nanos) {
    json.raw("\"").raw(name).raw("\":").number(nanos / 1e9);
  }

  private static void nodes(JsonBytes json, QueryStatistics statistics) {
    json.raw(",\"nodes\":[");
    String separator = "";
    for (QueryStatistics.Node node : statistics.nodes()) {
      json.raw(separator).raw("{\"expr\":").string(node.text());
      json.raw(",\"depth\":").number(node.depth()).raw(",\"series\":").number(node.series());
      json.raw(",\"points\":").number(node.points());
      timing(json.raw(","), "time", node.nanos());
      json.raw("}");
      separator = ",";
    }
    json.raw("]");
  }
}
