package dev.sextant.server.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import dev.sextant.api.status.StatusSource.Refused;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/**
 * Remembers the latest ingest requests that were refused, for people who wonder where their data
 * is. Thread-safe.
 */
public final class RefusedRequests {
  private static final int REMEMBERED = 20;
  private static final int LONGEST_REASON = 300;

  private final InstantSource clock;
  private final Deque<Refused> latest = new ArrayDeque<>();

  public RefusedRequests(InstantSource clock) {
    this.clock = clock;
  }

  /** Newest first. */
  public synchronized List<Refused> latest() {
    return List.copyOf(latest);
  }

  private synchronized void add(Refused refused) {
    latest.addFirst(refused);
    if (latest.size() > REMEMBERED) {
      latest.removeLast();
    }
  }

  public Function<? super HttpService, ? extends HttpService> decorator() {
    return service ->
        new SimpleDecoratingHttpService(service) {
          @Override
          public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request)
              throws Exception {
            Watch watch = new Watch(ctx.path());
            return unwrap()
                .serve(ctx, request)
                .peekHeaders(watch::headers)
                .peekData(watch::data)
                .peekTrailers(
                    trailers ->
                        watch.grpc(trailers.get("grpc-status"), trailers.get("grpc-message")));
          }
        };
  }

  /** One response as it passes. */
  private final class Watch {
    private final String path;
    private int status;
    private boolean text;
    private boolean remembered;

    private Watch(String path) {
      this.path = path;
    }

    private void headers(ResponseHeaders headers) {
      status = headers.status().code();
      MediaType type = headers.contentType();
      text = type != null && (type.is(MediaType.ANY_TEXT_TYPE) || type.isJson());
      grpc(headers.get("grpc-status"), headers.get("grpc-message"));
      if (status >= 400 && !text) {
        remember(headers.status().reasonPhrase());
      }
    }

    private void data(HttpData data) {
      if (status >= 400 && text) {
        String body = data.toStringUtf8();
        remember(body.substring(0, Math.min(LONGEST_REASON, body.length())));
      }
    }

    private void grpc(
        @org.jspecify.annotations.Nullable String code,
        @org.jspecify.annotations.Nullable String message) {
      if (code != null && !code.equals("0")) {
        remember("gRPC status " + code + (message == null ? "" : ": " + message));
      }
    }

    private void remember(String reason) {
      if (!remembered) {
        remembered = true;
        add(new Refused(clock.millis(), path, status, reason));
      }
    }
  }
}
