package dev.sextant.log;

import dev.sextant.storage.otlp.TraceId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A condition on one line; all parts must hold.
 *
 * @param services names, empty for any
 * @param levels empty for any
 * @param texts what the body must contain
 * @param traceId or null
 * @param spanId 0 for any
 * @param fields attribute (of the line, else of its resource) and the text it must equal
 */
public record LogFilter(
    Set<String> services,
    Set<Level> levels,
    List<Text> texts,
    @Nullable TraceId traceId,
    long spanId,
    List<FieldEquals> fields) {
  public static final LogFilter ALL =
      new LogFilter(Set.of(), Set.of(), List.of(), null, 0, List.of());

  /** Text in the body, without regard to case. */
  public record Text(String text, TextMatch match) {}

  /** How text is found. */
  public enum TextMatch {
    /** Anywhere in the line. */
    SUBSTRING,
    /** As whole words in this order. */
    WORDS
  }

  /** An attribute's text equals a value; with {@code negated}, it does not, or is absent. */
  public record FieldEquals(String field, String value, boolean negated) {}

  public LogFilter {
    services = Set.copyOf(services);
    levels = Set.copyOf(levels);
    texts = List.copyOf(texts);
    fields = List.copyOf(fields);
  }
}
