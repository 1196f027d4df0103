package dev.sextant.api.zipkin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import dev.sextant.api.http.ApiException;
import dev.sextant.api.http.JsonAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** Traces as an answer, no longer than is configured ({@code traces.query.max-trace-bytes}). */
final class TraceAnswer {
  private static final JsonFactory JSON = new JsonFactory();

  private TraceAnswer() {}

  /**
   * @throws ApiException 422 where it would be longer
   */
  static HttpResponse of(long maxBytes, JsonAnswer.Body body) throws IOException {
    ByteArrayOutputStream out = new Bounded(maxBytes);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      body.write(json);
    }
    return JsonAnswer.ok(List.of(HttpData.wrap(out.toByteArray())));
  }

  private static final class Bounded extends ByteArrayOutputStream {
    private final long maxBytes;

    Bounded(long maxBytes) {
      this.maxBytes = maxBytes;
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
      if (count + (long) length > maxBytes) {
        throw new ApiException(
            HttpStatus.UNPROCESSABLE_ENTITY,
            "too_large",
            "the answer is longer than "
                + maxBytes
                + " bytes; ask for fewer traces or raise traces.query.max-trace-bytes");
      }
      super.write(bytes, from, length);
    }
  }
}
