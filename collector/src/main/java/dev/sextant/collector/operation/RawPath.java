package dev.sextant.collector.operation;

import dev.sextant.storage.otlp.Slice;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Whether a span's attributes tell the path that its name loses. */
final class RawPath {
  private RawPath() {}

  /** A path or URL, or null where the attributes of a span that was read whole hold it. */
  static @Nullable Slice missing(SpanFields span, Slice raw) {
    boolean held =
        holds(span.attribute(SpanFields.Key.URL_PATH), raw)
            || holds(span.attribute(SpanFields.Key.HTTP_TARGET), raw)
            || holds(span.attribute(SpanFields.Key.URL_FULL), raw)
            || holds(span.attribute(SpanFields.Key.HTTP_URL), raw)
            || holds(span.attribute(SpanFields.Key.URL_ORIGINAL), raw);
    return held ? null : raw;
  }

  private static boolean holds(@Nullable Slice value, Slice raw) {
    if (value == null) {
      return false;
    }
    boolean path = raw.length() > 0 && raw.bytes()[raw.from()] == '/';
    int from = path ? pathOf(value) : value.from();
    int end = from + raw.length();
    return end <= value.to()
        && Arrays.equals(value.bytes(), from, end, raw.bytes(), raw.from(), raw.to())
        && (end == value.to() || value.bytes()[end] == '?' || value.bytes()[end] == '#');
  }

  /** Where a URL's path begins; a path's own first byte. */
  private static int pathOf(Slice url) {
    byte[] bytes = url.bytes();
    if (url.length() == 0 || bytes[url.from()] == '/') {
      return url.from();
    }
    int slashes = 0;
    for (int at = url.from(); at < url.to(); at++) {
      if (bytes[at] == '/' && ++slashes == 3) {
        return at;
      }
    }
    return url.to();
  }
}
