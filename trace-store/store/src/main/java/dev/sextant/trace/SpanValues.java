package dev.sextant.trace;

import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.trace.model.SpanValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** OTLP's values as query languages see them. */
final class SpanValues {
  private SpanValues() {}

  /**
   * Null for a value that is not set. A list with an element that is a list, a map, bytes or not
   * set is {@link SpanValue.Other}.
   */
  static @Nullable SpanValue of(AttributeValue value) {
    return switch (value) {
      case AttributeValue.Empty() -> null;
      case AttributeValue.Text(String text) -> SpanValue.of(text);
      case AttributeValue.Bool(boolean bool) -> SpanValue.of(bool);
      case AttributeValue.Int(long number) -> SpanValue.of(number);
      case AttributeValue.Decimal(double number) -> SpanValue.of(number);
      case AttributeValue.Array array -> ofArray(array);
      case AttributeValue.Bytes _, AttributeValue.KeyValues _ ->
          new SpanValue.Other(value.asText());
    };
  }

  private static SpanValue ofArray(AttributeValue.Array array) {
    List<SpanValue> values = new ArrayList<>(array.values().size());
    for (AttributeValue each : array.values()) {
      SpanValue value = of(each);
      if (value == null || value instanceof SpanValue.Array || value instanceof SpanValue.Other) {
        return new SpanValue.Other(array.asText());
      }
      values.add(value);
    }
    return new SpanValue.Array(values);
  }

  /** The other way round; what query languages have no type for becomes bytes. */
  static AttributeValue attribute(SpanValue value) {
    return switch (value) {
      case SpanValue.Text(String text) -> AttributeValue.of(text);
      case SpanValue.Int(long number) -> AttributeValue.of(number);
      case SpanValue.Decimal(double number) -> AttributeValue.of(number);
      case SpanValue.Bool(boolean bool) -> AttributeValue.of(bool);
      case SpanValue.Array(List<SpanValue> values) ->
          new AttributeValue.Array(values.stream().map(SpanValues::attribute).toList());
      case SpanValue.Other(String text) ->
          new AttributeValue.Bytes(
              ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer());
    };
  }

  /** A value as people read it. */
  static String text(SpanValue value) {
    return value instanceof SpanValue.Other(String text) ? text : attribute(value).asText();
  }
}
