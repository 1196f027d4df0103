package dev.sextant.benchmarks.traces;

import io.opentelemetry.proto.trace.v1.Span.Event;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Events that record exceptions: three types for each service, each with its stack trace. */
final class Exceptions {
  private static final String[] TYPES = {
    "TimeoutException", "IllegalStateException", "IOException"
  };

  private final Words words;
  private final Map<String, String> stacks = new HashMap<>();

  Exceptions(Words words) {
    this.words = words;
  }

  String type(Service service, int which) {
    return "shop." + service.name.replace("-", "") + "." + TYPES[which % TYPES.length];
  }

  Event event(MadeSpan span, SplittableRandom random, int which) {
    String type = type(span.service, which);
    return Event.newBuilder()
        .setName("exception")
        .setTimeUnixNano(span.endNanos() - Math.min(span.durationNanos, random.nextInt(200_000)))
        .addAttributes(words.text("exception.type", type))
        .addAttributes(
            words.text("exception.message", "no answer within " + 500 * (1 + which) + " ms"))
        .addAttributes(words.text("exception.stacktrace", stack(type)))
        .build();
  }

  private String stack(String type) {
    return stacks.computeIfAbsent(
        type,
        name -> {
          StringBuilder text = new StringBuilder(name).append(": no answer\n");
          long look = Ids.mix(name.hashCode());
          for (int i = 0; i < 12; i++) {
            look = Ids.mix(look);
            text.append("\tat shop.internal.")
                .append(Ids.hex(look), 0, 4)
                .append(".Handler.handle(Handler.java:")
                .append(Math.floorMod(look, 900L))
                .append(")\n");
          }
          return text.toString();
        });
  }
}
