package dev.sextant.collector.zipkin;

import dev.sextant.collector.http.BodyLimits;

/**
 * What one message may come to, in bytes.
 *
 * @param messageBytes of all its spans as OTLP
 * @param setting that changes it
 * @param spanBytes of one span; a longer one could not be kept
 */
record ZipkinLimits(long messageBytes, String setting, int spanBytes) {
  /** OTLP may take twice the room of Zipkin's formats. */
  static ZipkinLimits of(BodyLimits bodies, int spanBytes) {
    return new ZipkinLimits(2L * bodies.httpBody(), BodyLimits.HTTP_SETTING, spanBytes);
  }
}
