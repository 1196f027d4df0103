package dev.sextant.api.http;

import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.sextant.api.access.Access;
import dev.sextant.api.access.AccessDeniedException;
import dev.sextant.api.access.CurrentAccess;
import dev.sextant.api.access.CurrentCancellation;
import dev.sextant.promql.PromException;
import dev.sextant.storage.LimitExceededException;
import dev.sextant.storage.StoreException;
import dev.sextant.storage.UnsupportedPlanException;
import dev.sextant.traceql.TraceQlException;
import dev.sextant.traceql.parse.QueryException;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs handlers of the query APIs on virtual threads, as many at once as a {@link QueryQueue} lets
 * run, and turns what they throw into answers. Thread-safe.
 */
public final class QueryRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(QueryRunner.class);

  /** What nginx and Prometheus answer where the client has gone; nobody reads it. */
  private static final HttpStatus CANCELED = HttpStatus.valueOf(499);

  private final InstantSource clock;
  private final QueryQueue queue;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean closed;

  public QueryRunner(InstantSource clock, QueryQueue queue) {
    this.clock = clock;
    this.queue = queue;
  }

  /** Answers one request; may block. */
  @FunctionalInterface
  public interface Handler {
    HttpResponse handle(Access access, Params params) throws Exception;
  }

  /** A service around a handler whose errors are written in the given format. */
  public HttpService service(ErrorFormat errors, Handler handler) {
    return (ctx, request) ->
        HttpResponse.of(
            parameters(ctx, request)
                .handleAsync(
                    (params, unread) ->
                        unread == null
                            ? run(ctx, params, errors, handler)
                            : unreadable(unread, errors),
                    threads));
  }

  private static HttpResponse unreadable(Throwable unread, ErrorFormat errors) {
    if (Exceptions.peel(unread) instanceof ContentTooLargeException tooLarge) {
      return errors.answer(
          HttpStatus.REQUEST_ENTITY_TOO_LARGE,
          "too_large",
          "the request's body may have " + tooLarge.maxContentLength() + " bytes");
    }
    return errors.answer(
        HttpStatus.BAD_REQUEST, "bad_request", "the request's body ended before its end");
  }

  private CompletableFuture<Params> parameters(ServiceRequestContext ctx, HttpRequest request) {
    QueryParams query = ctx.queryParams();
    MediaType type = request.contentType();
    if (request.method() != HttpMethod.POST
        || type == null
        || !type.belongsTo(MediaType.FORM_DATA)) {
      return CompletableFuture.completedFuture(new Params(ctx, query, clock));
    }
    return request
        .aggregate()
        .thenApply(
            form -> {
              QueryParams body = QueryParams.fromQueryString(form.contentUtf8());
              return new Params(ctx, query.toBuilder().add(body).build(), clock);
            });
  }

  private HttpResponse run(
      ServiceRequestContext ctx, Params params, ErrorFormat errors, Handler handler) {
    BooleanSupplier canceled = () -> closed || ctx.isCancelled() || ctx.log().isComplete();
    try {
      queue.enter(canceled);
    } catch (ApiException e) {
      return errors.answer(e.status(), e.code(), String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return errors.answer(CANCELED, "canceled", "query was canceled in query queue");
    }
    try {
      Access access = CurrentAccess.of(ctx);
      return CurrentCancellation.call(canceled, () -> handler.handle(access, params));
    } catch (ApiException e) {
      return errors.answer(e.status(), e.code(), String.valueOf(e.getMessage()));
    } catch (AccessDeniedException e) {
      return errors.answer(HttpStatus.FORBIDDEN, "forbidden", String.valueOf(e.getMessage()));
    } catch (PromException e) {
      return errors.answer(status(e), e.errorType(), String.valueOf(e.getMessage()));
    } catch (TraceQlException e) {
      return errors.answer(status(e), code(e), String.valueOf(e.getMessage()));
    } catch (QueryException e) {
      return errors.answer(
          HttpStatus.BAD_REQUEST, "bad_request", "invalid TraceQL query: " + e.getMessage());
    } catch (UnsupportedPlanException e) {
      return errors.answer(
          HttpStatus.UNPROCESSABLE_ENTITY, "unsupported", String.valueOf(e.getMessage()));
    } catch (LimitExceededException e) {
      return errors.answer(
          HttpStatus.UNPROCESSABLE_ENTITY, "limit_exceeded", String.valueOf(e.getMessage()));
    } catch (StoreException e) {
      LOG.warn("a query on {} failed: {}", ctx.path(), e.getMessage());
      return errors.answer(
          HttpStatus.SERVICE_UNAVAILABLE, "unavailable", String.valueOf(e.getMessage()));
    } catch (Exception e) {
      LOG.error("a query on {} failed", ctx.path(), e);
      return errors.answer(
          HttpStatus.INTERNAL_SERVER_ERROR,
          "internal",
          "this is a defect in Sextant; its log says more");
    } finally {
      queue.leave();
    }
  }

  private static HttpStatus status(PromException e) {
    return switch (e) {
      case PromException.BadData bad -> HttpStatus.BAD_REQUEST;
      case PromException.Execution execution -> HttpStatus.UNPROCESSABLE_ENTITY;
      case PromException.Timeout timeout -> HttpStatus.SERVICE_UNAVAILABLE;
      case PromException.Canceled canceled -> CANCELED;
    };
  }

  private static HttpStatus status(TraceQlException e) {
    return switch (e) {
      case TraceQlException.BadData bad -> HttpStatus.BAD_REQUEST;
      case TraceQlException.Execution execution -> HttpStatus.UNPROCESSABLE_ENTITY;
      case TraceQlException.LimitExceeded limit -> HttpStatus.UNPROCESSABLE_ENTITY;
      case TraceQlException.Timeout timeout -> HttpStatus.SERVICE_UNAVAILABLE;
      case TraceQlException.Canceled canceled -> CANCELED;
    };
  }

  private static String code(TraceQlException e) {
    return switch (e) {
      case TraceQlException.BadData bad -> "bad_request";
      case TraceQlException.Execution execution -> "execution";
      case TraceQlException.LimitExceeded limit -> "limit_exceeded";
      case TraceQlException.Timeout timeout -> "timeout";
      case TraceQlException.Canceled canceled -> "canceled";
    };
  }

  /**
   * Calls running queries off and takes no more. Nothing is interrupted: that would close files
   * under the stores.
   */
  @Override
  public void close() {
    closed = true;
    threads.shutdown();
  }
}
