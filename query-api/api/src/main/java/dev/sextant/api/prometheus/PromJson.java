package dev.sextant.api.prometheus;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.metrics.model.Labels;
import dev.sextant.promql.Annotation;
import dev.sextant.promql.print.GoNumbers;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the answers of Prometheus' API have in common; {@link QueryJson} writes those of queries.
 */
final class PromJson {
  private static final int MAX_ANNOTATIONS = 10;

  /** How Go writes a time that never was. */
  private static final String NEVER = "0001-01-01T00:00:00Z";

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
    annotations(json, "warnings", texts(annotations, true));
    annotations(json, "infos", texts(annotations, false));
    json.writeEndObject();
  }

  private static void annotations(JsonGenerator json, String field, List<String> texts)
      throws IOException {
    if (!texts.isEmpty()) {
      json.writeArrayFieldStart(field);
      for (String text : texts) {
        json.writeString(text);
      }
      json.writeEndArray();
    }
  }

  /** The warnings or the infos among annotations: the first ten, and how many more there are. */
  static List<String> texts(List<Annotation> annotations, boolean warnings) {
    List<String> texts = new ArrayList<>();
    int more = 0;
    for (Annotation each : annotations) {
      if (each.warning() == warnings && texts.size() < MAX_ANNOTATIONS) {
        texts.add(each.text());
      } else if (each.warning() == warnings) {
        more++;
      }
    }
    if (more > 0) {
      String kind = warnings ? "warning" : "info";
      texts.add(more + " more " + kind + " annotations omitted");
    }
    return texts;
  }

  static void labels(JsonGenerator json, String field, Labels labels) throws IOException {
    json.writeObjectFieldStart(field);
    for (int i = 0; i < labels.size(); i++) {
      json.writeStringField(labels.name(i), labels.value(i));
    }
    json.writeEndObject();
  }

  /** An object of texts, by key. */
  static void map(JsonGenerator json, String field, Map<String, String> map) throws IOException {
    json.writeObjectFieldStart(field);
    for (Map.Entry<String, String> entry : new TreeMap<>(map).entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }

  /** RFC 3339; Go's zero time for 0. */
  static void instant(JsonGenerator json, String field, long millis) throws IOException {
    json.writeStringField(field, millis == 0 ? NEVER : Instant.ofEpochMilli(millis).toString());
  }

  /** Seconds with at most three decimals, none where they are zero. */
  static void time(JsonGenerator json, long millis) throws IOException {
    json.writeNumber(BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString());
  }

  /** Shortest; with an exponent below 1e-6 and from 1e21 on, as Go's {@code strconv} writes it. */
  static String number(double value) {
    byte[] bytes = new byte[NumberBytes.MAX_LENGTH];
    int length = NumberBytes.write(value, bytes, 0);
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
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
}
