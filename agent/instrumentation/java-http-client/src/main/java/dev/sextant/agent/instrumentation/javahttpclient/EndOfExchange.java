package dev.sextant.agent.instrumentation.javahttpclient;

import dev.sextant.agent.core.http.HttpClientSpan;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Ends the span with the answer or the failure; a callback on the client's own future. */
final class EndOfExchange implements BiConsumer<Object, Throwable> {
  private final HttpClientSpan span;

  EndOfExchange(HttpClientSpan span) {
    this.span = span;
  }

  @Override
  public void accept(@Nullable Object response, @Nullable Throwable failure) {
    int status = response instanceof HttpResponse ? ((HttpResponse<?>) response).statusCode() : 0;
    span.end(status, origin(failure));
  }

  private static @Nullable Throwable origin(@Nullable Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
