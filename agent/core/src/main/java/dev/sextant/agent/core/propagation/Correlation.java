package dev.sextant.agent.core.propagation;

import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.BaggageBuilder;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * SkyWalking's correlation context: {@code key:value,key:value} in base64. Written are the first 3
 * entries of baggage whose values have at most 128 characters, which is what SkyWalking's agents
 * take by default; read are up to 64.
 */
final class Correlation {
  static final String HEADER = "sw8-correlation";

  /** In characters. */
  private static final int LONGEST = 8_192;

  private static final int MOST_READ = 64;
  private static final int MOST_WRITTEN = 3;
  private static final int LONGEST_VALUE = 128;

  private Correlation() {}

  static <C> void inject(Context context, @Nullable C carrier, TextMapSetter<C> setter) {
    Baggage baggage = Baggage.fromContext(context);
    if (baggage.isEmpty()) {
      return;
    }
    StringBuilder header = new StringBuilder();
    int[] written = {0};
    baggage.forEach(
        (key, entry) -> {
          String value = entry.getValue();
          if (written[0] < MOST_WRITTEN && !value.isEmpty() && value.length() <= LONGEST_VALUE) {
            header.append(written[0]++ == 0 ? "" : ",");
            header.append(encoded(key)).append(':').append(encoded(value));
          }
        });
    if (written[0] > 0) {
      setter.set(carrier, HEADER, header.toString());
    }
  }

  static <C> Context extract(Context context, @Nullable C carrier, TextMapGetter<C> getter) {
    String header = getter.get(carrier, HEADER);
    if (header == null || header.isEmpty() || header.length() > LONGEST) {
      return context;
    }
    BaggageBuilder baggage = Baggage.fromContext(context).toBuilder();
    String[] pairs = header.split(",", MOST_READ + 1);
    for (int i = 0; i < Math.min(pairs.length, MOST_READ); i++) {
      String[] pair = pairs[i].split(":", -1);
      if (pair.length == 2) {
        put(baggage, pair[0], pair[1]);
      }
    }
    return context.with(baggage.build());
  }

  /** What is not base64 is left out. */
  private static void put(BaggageBuilder baggage, String key, String value) {
    try {
      baggage.put(decoded(key), decoded(value));
    } catch (IllegalArgumentException malformed) {
      // The span's parent is worth more than a pair beside it.
    }
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
