package dev.sextant.agent.core.telemetry;

import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/** One POST to one OTLP endpoint over the JDK's oldest client, which Java 8 has too. */
final class UrlConnectionRequest {
  private static final int LONGEST_ANSWER = 64 * 1024;

  private final HttpSenderConfig config;
  private final URL url;

  UrlConnectionRequest(HttpSenderConfig config) {
    this.config = config;
    try {
      this.url = config.getEndpoint().toURL();
    } catch (IOException malformed) {
      throw new IllegalArgumentException(
          "otel.exporter.otlp.endpoint is no URL: " + config.getEndpoint(), malformed);
    }
  }

  Response send(MessageWriter message) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    if (connection instanceof HttpsURLConnection && config.getSslContext() != null) {
      ((HttpsURLConnection) connection)
          .setSSLSocketFactory(config.getSslContext().getSocketFactory());
    }
    connection.setConnectTimeout(millis(config.getConnectTimeout()));
    connection.setReadTimeout(millis(config.getTimeout()));
    connection.setUseCaches(false);
    connection.setInstanceFollowRedirects(false);
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", config.getContentType());
    Map<String, List<String>> headers = config.getHeadersSupplier().get();
    if (headers != null) {
      headers.forEach(
          (name, values) -> values.forEach(value -> connection.addRequestProperty(name, value)));
    }
    write(message, connection);
    return read(connection);
  }

  private void write(MessageWriter message, HttpURLConnection connection) throws IOException {
    Compressor compressor = config.getCompressor();
    if (compressor == null) {
      connection.setFixedLengthStreamingMode(message.getContentLength());
      try (OutputStream out = connection.getOutputStream()) {
        message.writeMessage(out);
      }
      return;
    }
    connection.setRequestProperty("Content-Encoding", compressor.getEncoding());
    connection.setChunkedStreamingMode(0);
    try (OutputStream out = compressor.compress(connection.getOutputStream())) {
      message.writeMessage(out);
    }
  }

  private static Response read(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    InputStream in = status >= 400 ? connection.getErrorStream() : connection.getInputStream();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (in != null) {
      try (InputStream closing = in) {
        byte[] buffer = new byte[4096];
        for (int n = closing.read(buffer);
            n >= 0 && body.size() < LONGEST_ANSWER;
            n = closing.read(buffer)) {
          body.write(buffer, 0, n);
        }
      }
    }
    return new Response(
        status,
        connection.getResponseMessage(),
        connection.getHeaderField("Retry-After"),
        body.toByteArray());
  }

  private static int millis(@Nullable Duration duration) {
    long millis = duration == null ? 10_000 : duration.toMillis();
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, millis));
  }

  static final class Response implements HttpResponse {
    private final int status;
    private final @Nullable String message;
    private final @Nullable String retryAfter;
    private final byte[] body;

    Response(int status, @Nullable String message, @Nullable String retryAfter, byte[] body) {
      this.status = status;
      this.message = message;
      this.retryAfter = retryAfter;
      this.body = body;
    }

    boolean isRetryable() {
      return status == 429 || status == 502 || status == 503 || status == 504;
    }

    /** Zero if the answer names no number of seconds. */
    long retryAfterMillis() {
      try {
        return retryAfter == null ? 0 : Long.parseLong(retryAfter.trim()) * 1000;
      } catch (NumberFormatException date) {
        return 0;
      }
    }

    @Override
    public int getStatusCode() {
      return status;
    }

    @Override
    public String getStatusMessage() {
      return message == null ? "" : message;
    }

    @Override
    public byte[] getResponseBody() {
      return body;
    }
  }
}
