package dev.sextant.api.prometheus;

import com.linecorp.armeria.common.HttpData;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.promql.Annotation;
import dev.sextant.promql.PromAnswer;
import dev.sextant.promql.QueryResult;
import dev.sextant.promql.histogram.BucketList;
import dev.sextant.promql.print.GoNumbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes the answer to one query as Prometheus' API does. For one thread. */
final class QueryJson {
  private final JsonBytes json = new JsonBytes();

  /** The times of the last series and how each begins a point: most series have the same. */
  private long[] times = new long[0];

  private byte[][] beginnings = new byte[0][];

  private QueryJson() {}

  /**
   * The whole answer.
   *
   * @param limit how many series at most; 0 for all
   * @param perStep whether statistics are given for each step and node too
   */
  static List<HttpData> write(PromAnswer answer, int limit, boolean perStep) {
    List<Annotation> annotations = answer.annotations();
    if (limit > 0 && size(answer.value()) > limit) {
      annotations = new ArrayList<>(annotations);
      annotations.add(new Annotation(true, "results truncated due to limit"));
    }
    QueryJson writer = new QueryJson();
    writer.json.raw("{\"status\":\"success\",\"data\":{");
    writer.result(answer.value(), limit == 0 ? Integer.MAX_VALUE : limit);
    if (answer.statistics() != null) {
      StatisticsJson.write(writer.json, answer.statistics(), perStep);
    }
    writer.json.raw("}");
    writer.annotations("warnings", PromJson.texts(annotations, true));
    writer.annotations("infos", PromJson.texts(annotations, false));
    writer.json.raw("}");
    return writer.json.pieces();
  }

  private static int size(QueryResult result) {
    return switch (result) {
      case QueryResult.Vector vector -> vector.size();
      case QueryResult.Matrix matrix -> matrix.series().size();
      default -> 1;
    };
  }

  private void annotations(String field, List<String> texts) {
    if (!texts.isEmpty()) {
      json.raw(",\"").raw(field).raw("\":[");
      String separator = "";
      for (String text : texts) {
        json.raw(separator).string(text);
        separator = ",";
      }
      json.raw("]");
    }
  }

  private void result(QueryResult result, int limit) {
    switch (result) {
      case QueryResult.Scalar scalar -> {
        json.raw("\"resultType\":\"scalar\",\"result\":[").seconds(scalar.timeMillis());
        json.raw(",\"").raw(GoNumbers.plain(scalar.value())).raw("\"]");
      }
      case QueryResult.Text text -> {
        json.raw("\"resultType\":\"string\",\"result\":[").seconds(text.timeMillis());
        json.raw(",").string(text.value()).raw("]");
      }
      case QueryResult.Vector vector -> vector(vector, limit);
      case QueryResult.Matrix matrix -> matrix(matrix, limit);
    }
  }

  private void vector(QueryResult.Vector vector, int limit) {
    json.raw("\"resultType\":\"vector\",\"result\":[");
    for (int i = 0; i < Math.min(limit, vector.size()); i++) {
      json.raw(i == 0 ? "" : ",");
      metric(vector.labels().get(i));
      NativeHistogram histogram = vector.histogram(i);
      json.raw(histogram == null ? ",\"value\":[" : ",\"histogram\":[");
      json.seconds(vector.timeMillis());
      if (histogram == null) {
        json.raw(",\"").number(vector.values()[i]).raw("\"]}");
      } else {
        histogram(histogram);
        json.raw("]}");
      }
    }
    json.raw("]");
  }

  private void matrix(QueryResult.Matrix matrix, int limit) {
    json.raw("\"resultType\":\"matrix\",\"result\":[");
    for (int i = 0; i < Math.min(limit, matrix.series().size()); i++) {
      QueryResult.Series series = matrix.series().get(i);
      json.raw(i == 0 ? "" : ",");
      metric(series.labels());
      if (series.floats().length > 0) {
        json.raw(",\"values\":[");
        floats(series.floatTimes(), series.floats());
        json.raw("]");
      }
      if (series.histograms().length > 0) {
        json.raw(",\"histograms\":[");
        for (int h = 0; h < series.histograms().length; h++) {
          json.raw(h == 0 ? "[" : ",[").seconds(series.histogramTimes()[h]);
          histogram(series.histograms()[h]);
          json.raw("]");
        }
        json.raw("]");
      }
      json.raw("}");
    }
    json.raw("]");
  }

  private void metric(Labels labels) {
    json.raw("{\"metric\":{");
    for (int i = 0; i < labels.size(); i++) {
      json.raw(i == 0 ? "" : ",").string(labels.name(i)).raw(":").string(labels.value(i));
    }
    json.raw("}");
  }

  private void floats(long[] at, double[] values) {
    begin(at);
    for (int i = 0; i < values.length; i++) {
      json.point(beginnings[i], values[i], i + 1 < values.length);
    }
  }

  /** Makes the beginnings of points at these times. */
  private void begin(long[] at) {
    if (Arrays.equals(times, at)) {
      return;
    }
    byte[][] made = new byte[at.length][];
    byte[] scratch = new byte[NumberBytes.MAX_LENGTH];
    for (int i = 0; i < at.length; i++) {
      if (i < times.length && times[i] == at[i]) {
        made[i] = beginnings[i];
        continue;
      }
      scratch[0] = '[';
      int end = NumberBytes.seconds(at[i], scratch, 1);
      scratch[end++] = ',';
      scratch[end++] = '"';
      made[i] = Arrays.copyOf(scratch, end);
    }
    times = at;
    beginnings = made;
  }

  private void histogram(NativeHistogram histogram) {
    json.raw(",{\"count\":\"").number(histogram.count());
    json.raw("\",\"sum\":\"").number(histogram.sum()).raw("\",\"buckets\":[");
    BucketList buckets = BucketList.of(histogram);
    boolean custom = histogram.schema() == NativeHistogram.CUSTOM_BUCKETS;
    String separator = "[";
    for (int i = 0; i < buckets.size(); i++) {
      if (buckets.count(i) != 0) {
        json.raw(separator).number((long) rule(buckets, i, custom));
        json.raw(",\"").number(buckets.lower(i)).raw("\",\"").number(buckets.upper(i));
        json.raw("\",\"").number(buckets.count(i)).raw("\"]");
        separator = ",[";
      }
    }
    json.raw("]}");
  }

  /** Which ends are closed: 0 the upper, 1 the lower, 2 none, 3 both. */
  private static int rule(BucketList buckets, int i, boolean custom) {
    if (custom) {
      return Double.isInfinite(buckets.lower(i)) ? 3 : 0;
    }
    if (buckets.isZero(i)) {
      return 3;
    }
    return buckets.lower(i) < 0 ? 1 : 0;
  }
}
