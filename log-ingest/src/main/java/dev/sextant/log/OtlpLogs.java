package dev.sextant.log;

import dev.sextant.storage.otlp.MalformedOtlpException;
import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.storage.otlp.RowValidator;
import dev.sextant.storage.otlp.Validation;
import java.nio.ByteBuffer;

/**
 * What a receiver does with the bytes of an {@code ExportLogsServiceRequest} before it hands them
 * on.
 */
public final class OtlpLogs {
  private OtlpLogs() {}

  /**
   * Walks a request to its last byte. Records are rejected one by one for: a trace id that is
   * neither empty nor 16 bytes, a span id that is neither empty nor 8 bytes, a time outside {@link
   * OtlpLimits#times()}, too many bytes. A record without any time is accepted; it takes its time
   * of arrival.
   *
   * @throws MalformedOtlpException where the request cannot be read: no part of it may be kept
   */
  public static Validation validate(ByteBuffer request, OtlpLimits limits) {
    return new RowValidator(limits, row -> new LogCheck(row, limits.times()).problem())
        .validate(request);
  }
}
