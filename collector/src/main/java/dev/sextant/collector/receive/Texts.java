package dev.sextant.collector.receive;

import dev.sextant.metrics.model.Labels;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Label texts met lately, so that series that are remembered share them. Each has one place by its
 * hash and may be put out by another; nothing but memory depends on it. Thread-safe.
 */
public final class Texts {
  private static final int PLACES = 1 << 14;
  private static final int LONGEST = 256;

  private final AtomicReferenceArray<String> places = new AtomicReferenceArray<>(PLACES);

  /** Heap that labels take whose texts are mostly shared, in bytes, near enough to bound it by. */
  public static long bytes(Labels labels) {
    long bytes = 64;
    for (int i = 0; i < labels.size(); i++) {
      bytes += 48 + labels.name(i).length() / 4 + labels.value(i).length();
    }
    return bytes;
  }

  /** An equal text, the same one for all who ask as long as it keeps its place. */
  public String shared(String text) {
    if (text.length() > LONGEST) {
      return text;
    }
    int hash = text.hashCode();
    int place = (hash ^ hash >>> 16) & (PLACES - 1);
    String known = places.get(place);
    if (text.equals(known)) {
      return known;
    }
    places.set(place, text);
    return text;
  }
}
