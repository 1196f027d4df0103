package dev.sextant.collector.operation;

import dev.sextant.storage.otlp.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * HTTP's methods in names. A client may send any word for one, so a word that is none becomes
 * {@code HTTP}, as OpenTelemetry's conventions want it.
 */
final class Methods {
  static final byte[] HTTP = "HTTP".getBytes(StandardCharsets.US_ASCII);

  private static final int LONGEST = 64;

  /** RFC 9110, 5789 and 4918, and QUERY. */
  private static final Set<Slice> KNOWN =
      Stream.of(
              "GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH QUERY".split(" "),
              "PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK REPORT SEARCH HTTP".split(" "))
          .flatMap(Stream::of)
          .map(method -> Slice.of(method.getBytes(StandardCharsets.US_ASCII)))
          .collect(Collectors.toUnmodifiableSet());

  private Methods() {}

  /** Whether a range could be a method: it is one word without slashes. */
  static boolean isShaped(byte[] bytes, int from, int to) {
    if (from == to || to - from > LONGEST) {
      return false;
    }
    int allowed = PathBytes.LETTER | PathBytes.DIGIT | PathBytes.SEPARATOR | PathBytes.DOT;
    for (int i = from; i < to; i++) {
      if ((PathBytes.kind(bytes[i]) & ~allowed) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Of a range that is shaped as a method. */
  static boolean isKnown(byte[] bytes, int from, int to) {
    return PathBytes.kind(bytes[from]) == PathBytes.UPPER
        && KNOWN.contains(new Slice(bytes, from, to));
  }

  /**
   * Whether a range of a name is a method that nobody knows, by what the attributes of a span that
   * was read whole say.
   */
  static boolean isOdd(SpanFields span, byte[] bytes, int from, int to) {
    if (!isShaped(bytes, from, to) || isKnown(bytes, from, to)) {
      return false;
    }
    Slice word = new Slice(bytes, from, to);
    return word.equals(span.attribute(SpanFields.Key.HTTP_REQUEST_METHOD))
        || word.equals(span.attribute(SpanFields.Key.HTTP_REQUEST_METHOD_ORIGINAL))
        || word.equals(span.attribute(SpanFields.Key.HTTP_METHOD));
  }
}
