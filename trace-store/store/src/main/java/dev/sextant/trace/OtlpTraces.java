package dev.sextant.trace;

import dev.sextant.storage.otlp.MalformedOtlpException;
import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.storage.otlp.RowValidator;
import dev.sextant.storage.otlp.Validation;
import java.nio.ByteBuffer;

/**
 * What a receiver does with the bytes of an {@code ExportTraceServiceRequest} before it hands them
 * on.
 */
public final class OtlpTraces {
  private OtlpTraces() {}

  /**
   * Walks a request to its last byte. Spans are rejected one by one for: a trace id that is not 16
   * bytes or all zero, a span id that is not 8 bytes or all zero, a parent span id that is neither
   * empty nor 8 bytes, a link whose ids have another length, times outside {@link
   * OtlpLimits#times()}, too many bytes.
   *
   * @throws MalformedOtlpException where the request cannot be read: no part of it may be kept
   */
  public static Validation validate(ByteBuffer request, OtlpLimits limits) {
    return new RowValidator(limits, row -> new SpanCheck(row, limits.times()).problem())
        .validate(request);
  }
}
