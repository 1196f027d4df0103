package dev.sextant.agent.instrumentation.httpurlconnection;

import dev.sextant.agent.core.context.CallDepth;
import dev.sextant.agent.core.context.ObjectField;
import dev.sextant.agent.core.http.HttpClientRequest;
import dev.sextant.agent.core.http.HttpClientSpan;
import io.opentelemetry.context.Context;
import java.net.HttpURLConnection;
import org.jspecify.annotations.Nullable;

/** The request of one connection object, from the first call that opens it to its answer. */
final class Exchange implements HttpClientRequest {
  private static final CallDepth DEPTH = new CallDepth();
  private static final ObjectField<HttpURLConnection, Exchange> EXCHANGES = new ObjectField<>();

  private final HttpURLConnection connection;
  private @Nullable HttpClientSpan span;

  private Exchange(HttpURLConnection connection) {
    this.connection = connection;
  }

  /** Null in calls of the connection on itself. */
  static @Nullable Exchange enter(HttpURLConnection connection) {
    if (!DEPTH.enter()) {
      return null;
    }
    Exchange known = EXCHANGES.get(connection);
    if (known != null) {
      return known.span == null ? null : known;
    }
    Exchange started = new Exchange(connection);
    started.span = HttpClientSpan.start("http-url-connection", Context.current(), started);
    EXCHANGES.set(connection, started);
    return started.span == null ? null : started;
  }

  static void leave() {
    DEPTH.exit();
  }

  /** An error status arrives as an exception, but it is an answer. */
  void answered(int responseCode, @Nullable Throwable thrown) {
    end(responseCode, responseCode > 0 ? null : thrown);
  }

  void end(int status, @Nullable Throwable thrown) {
    if (span != null) {
      span.end(status, thrown);
      span = null;
    }
  }

  @Override
  public String method() {
    String method = connection.getRequestMethod();
    return method.equals("GET") && connection.getDoOutput() ? "POST" : method;
  }

  @Override
  public String url() {
    return connection.getURL().toString();
  }

  @Override
  public @Nullable String host() {
    return connection.getURL().getHost();
  }

  @Override
  public int port() {
    return connection.getURL().getPort();
  }

  @Override
  public void setHeader(String name, String value) {
    connection.setRequestProperty(name, value);
  }
}
