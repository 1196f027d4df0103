package dev.sextant.storage.otlp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Key-values in the order they were sent. A key that was sent twice stands twice; look-ups find the
 * first.
 */
public record Attributes(List<Entry> entries) {
  public static final Attributes EMPTY = new Attributes(List.of());

  /** One key and its value. */
  public record Entry(String key, AttributeValue value) {}

  public Attributes {
    entries = List.copyOf(entries);
  }

  public @Nullable AttributeValue get(String key) {
    for (Entry entry : entries) {
      if (entry.key.equals(key)) {
        return entry.value;
      }
    }
    return null;
  }

  /** The value of a key as text, or the empty string where the key is absent. */
  public String text(String key) {
    AttributeValue value = get(key);
    return value == null ? "" : value.asText();
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }
}
