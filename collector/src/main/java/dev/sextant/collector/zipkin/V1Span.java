package dev.sextant.collector.zipkin;

import java.util.ArrayList;
import java.util.List;

/**
 * A span of Zipkin's version 1, while it is read: one call with what both of its ends recorded.
 * Times are microseconds, 0 where unknown.
 */
final class V1Span {
  /**
   * Something that happened at a time, at one end.
   *
   * @param endpoint none where it was not sent
   */
  record Annotation(long timestamp, String value, ZipkinEndpoint endpoint) {}

  /**
   * A tag of one end, or the address of one.
   *
   * @param flag whether the value is a boolean, as an address' is
   */
  record BinaryAnnotation(String key, String value, boolean flag, ZipkinEndpoint endpoint) {
    /**
     * Whether it tells where the end of that name is: {@code ca}, {@code sa} or {@code ma}. The
     * value should be true; Ruby's tracer sends 1.
     */
    boolean isAddress(String name) {
      return key.equals(name) && !endpoint.isNone() && (flag || value.equals("1"));
    }
  }

  /** Ids, name, times and the debug flag, as halves begin with them. */
  final ZipkinSpan common = new ZipkinSpan();

  final List<Annotation> annotations = new ArrayList<>();
  final List<BinaryAnnotation> binaryAnnotations = new ArrayList<>();
}
