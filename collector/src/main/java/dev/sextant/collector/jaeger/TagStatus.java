package dev.sextant.collector.jaeger;

import dev.sextant.collector.convert.ConvertedSpan;
import dev.sextant.storage.otlp.AttributeValue;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A span's status from its tags: {@code error=true} before {@code otel.status_code} before {@code
 * http.status_code}, as OpenTelemetry's translation has it. What says nothing but the status is
 * removed from the tags.
 */
final class TagStatus {
  private TagStatus() {}

  static void take(Map<String, AttributeValue> tags, ConvertedSpan.Kind kind, ConvertedSpan span) {
    AttributeValue error = tags.get("error");
    boolean failed = error != null && error.asText().equalsIgnoreCase("true");
    @Nullable AttributeValue code = tags.remove("otel.status_code");
    if (failed) {
      tags.remove("error");
      span.error(message(tags));
    } else if (code != null) {
      switch (code.asText().toUpperCase(Locale.ROOT)) {
        case "ERROR" -> span.error(message(tags));
        case "OK" -> span.ok();
        default -> {}
      }
    } else if (isHttpError(tags.get("http.status_code"), kind)) {
      span.error(message(tags));
    }
  }

  private static String message(Map<String, AttributeValue> tags) {
    AttributeValue description = tags.remove("otel.status_description");
    if (description == null) {
      description = tags.get("http.status_message");
    }
    return description == null ? "" : description.asText();
  }

  /** Servers fail by 5xx, others by 4xx too. */
  private static boolean isHttpError(@Nullable AttributeValue status, ConvertedSpan.Kind kind) {
    OptionalLong number = number(status);
    if (number.isEmpty()) {
      return false;
    }
    long first = kind == ConvertedSpan.Kind.SERVER ? 500 : 400;
    return number.getAsLong() >= first && number.getAsLong() < 600;
  }

  private static OptionalLong number(@Nullable AttributeValue value) {
    return switch (value) {
      case AttributeValue.Int(long number) -> OptionalLong.of(number);
      case AttributeValue.Text(String text) when text.matches("[1-9]\\d{2}") ->
          OptionalLong.of(Long.parseLong(text));
      case null, default -> OptionalLong.empty();
    };
  }
}
