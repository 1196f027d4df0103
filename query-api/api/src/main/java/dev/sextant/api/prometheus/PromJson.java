package dev.sextant.api.prometheus;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.promql.Annotation;
import dev.sextant.promql.PromAnswer;
import dev.sextant.promql.QueryResult;
import dev.sextant.promql.histogram.BucketList;
import dev.sextant.promql.print.GoNumbers;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Results as Prometheus' API writes them. */
final class PromJson {
  private static final int MAX_ANNOTATIONS = 10;

  private PromJson() {}

  /** Writes the fields of {@code data}. */
  @FunctionalInterface
  interface Data {
    void write(JsonGenerator json) throws IOException;
  }

  /** The envelope around one value. */
  static void success(JsonGenerator json, Data data) throws IOException {
    success(json, data, List.of());
  }

  static void success(JsonGenerator json, Data data, List<Annotation> annotations)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("status", "success");
    json.writeFieldName("data");
    data.write(json);
    annotations(json, "warnings", annotations.stream().filter(Annotation::warning).toList());
    annotations(json, "infos", annotations.stream().filter(it -> !it.warning()).toList());
    json.writeEndObject();
  }

  private static void annotations(JsonGenerator json, String field, List<Annotation> list)
      throws IOException {
    if (list.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart(field);
    for (Annotation each : list.subList(0, Math.min(MAX_ANNOTATIONS, list.size()))) {
      json.writeString(each.text());
    }
    if (list.size() > MAX_ANNOTATIONS) {
      String kind = field.equals("warnings") ? "warning" : "info";
      json.writeString((list.size() - MAX_ANNOTATIONS) + " more " + kind + " annotations omitted");
    }
    json.writeEndArray();
  }

  static void answer(JsonGenerator json, PromAnswer answer, int limit) throws IOException {
    List<Annotation> annotations = answer.annotations();
    if (limit > 0 && size(answer.value()) > limit) {
      annotations = new ArrayList<>(annotations);
      annotations.add(new Annotation(true, "results truncated due to limit"));
    }
    success(json, out -> result(out, answer.value(), limit), annotations);
  }

  private static int size(QueryResult result) {
    return switch (result) {
      case QueryResult.Vector vector -> vector.size();
      case QueryResult.Matrix matrix -> matrix.series().size();
      default -> 1;
    };
  }

  private static void result(JsonGenerator json, QueryResult result, int limit) throws IOException {
    json.writeStartObject();
    switch (result) {
      case QueryResult.Scalar scalar -> {
        json.writeStringField("resultType", "scalar");
        json.writeFieldName("result");
        point(json, scalar.timeMillis(), GoNumbers.plain(scalar.value()));
      }
      case QueryResult.Text text -> {
        json.writeStringField("resultType", "string");
        json.writeFieldName("result");
        point(json, text.timeMillis(), text.value());
      }
      case QueryResult.Vector vector -> vector(json, vector, limit);
      case QueryResult.Matrix matrix -> matrix(json, matrix, limit);
    }
    json.writeEndObject();
  }

  private static void vector(JsonGenerator json, QueryResult.Vector vector, int limit)
      throws IOException {
    json.writeStringField("resultType", "vector");
    json.writeArrayFieldStart("result");
    int size = limit > 0 ? Math.min(limit, vector.size()) : vector.size();
    for (int i = 0; i < size; i++) {
      json.writeStartObject();
      labels(json, "metric", vector.labels().get(i));
      NativeHistogram histogram = vector.histogram(i);
      if (histogram == null) {
        json.writeFieldName("value");
        point(json, vector.timeMillis(), number(vector.values()[i]));
      } else {
        json.writeFieldName("histogram");
        histogram(json, vector.timeMillis(), histogram);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void matrix(JsonGenerator json, QueryResult.Matrix matrix, int limit)
      throws IOException {
    json.writeStringField("resultType", "matrix");
    json.writeArrayFieldStart("result");
    List<QueryResult.Series> all = matrix.series();
    for (QueryResult.Series series :
        limit > 0 ? all.subList(0, Math.min(limit, all.size())) : all) {
      json.writeStartObject();
      labels(json, "metric", series.labels());
      if (series.floats().length > 0) {
        json.writeArrayFieldStart("values");
        for (int i = 0; i < series.floats().length; i++) {
          point(json, series.floatTimes()[i], number(series.floats()[i]));
        }
        json.writeEndArray();
      }
      if (series.histograms().length > 0) {
        json.writeArrayFieldStart("histograms");
        for (int i = 0; i < series.histograms().length; i++) {
          histogram(json, series.histogramTimes()[i], series.histograms()[i]);
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static void labels(JsonGenerator json, String field, Labels labels) throws IOException {
    json.writeObjectFieldStart(field);
    for (int i = 0; i < labels.size(); i++) {
      json.writeStringField(labels.name(i), labels.value(i));
    }
    json.writeEndObject();
  }

  private static void point(JsonGenerator json, long timeMillis, String value) throws IOException {
    json.writeStartArray();
    time(json, timeMillis);
    json.writeString(value);
    json.writeEndArray();
  }

  /** Seconds with at most three decimals, none where they are zero. */
  static void time(JsonGenerator json, long millis) throws IOException {
    json.writeNumber(BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString());
  }

  /** Shortest; with an exponent below 1e-6 and from 1e21 on, as Go's {@code strconv} writes it. */
  static String number(double value) {
    double magnitude = Math.abs(value);
    boolean plain = magnitude == 0 || (magnitude >= 1e-6 && magnitude < 1e21);
    return plain ? GoNumbers.plain(value) : exponential(value);
  }

  /** Shortest, always with an exponent of at least two digits: {@code 1e+00}. */
  static String exponential(double value) {
    if (!Double.isFinite(value)) {
      return GoNumbers.plain(value);
    }
    if (value == 0) {
      return GoNumbers.plain(value) + "e+00";
    }
    BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = exact.precision() - exact.scale() - 1;
    String mantissa = exact.movePointLeft(exponent).stripTrailingZeros().toPlainString();
    return mantissa
        + "e"
        + (exponent < 0 ? "-" : "+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }

  private static void histogram(JsonGenerator json, long timeMillis, NativeHistogram histogram)
      throws IOException {
    json.writeStartArray();
    time(json, timeMillis);
    json.writeStartObject();
    json.writeStringField("count", number(histogram.count()));
    json.writeStringField("sum", number(histogram.sum()));
    BucketList buckets = BucketList.of(histogram);
    json.writeArrayFieldStart("buckets");
    boolean custom = histogram.schema() == NativeHistogram.CUSTOM_BUCKETS;
    for (int i = 0; i < buckets.size(); i++) {
      if (buckets.count(i) == 0) {
        continue;
      }
      json.writeStartArray();
      json.writeNumber(rule(buckets, i, custom));
      json.writeString(number(buckets.lower(i)));
      json.writeString(number(buckets.upper(i)));
      json.writeString(number(buckets.count(i)));
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
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
