package dev.sextant.api.http;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the HTTP server itself refuses, such as a body that is too large, as the APIs write
 * their errors. What a service throws is left to the server's own handler.
 */
public final class JsonErrors implements ServerErrorHandler {
  private final Function<String, ErrorFormat> formats;

  /**
   * @param formats how an error is written for a path
   */
  public JsonErrors(Function<String, ErrorFormat> formats) {
    this.formats = formats;
  }

  @Override
  public @Nullable HttpResponse onServiceException(ServiceRequestContext ctx, Throwable cause) {
    return null;
  }

  @Override
  public AggregatedHttpResponse renderStatus(
      @Nullable ServiceRequestContext ctx,
      ServiceConfig config,
      @Nullable RequestHeaders headers,
      HttpStatus status,
      @Nullable String description,
      @Nullable Throwable cause) {
    String path = headers == null ? "" : headers.path();
    String reason = status.reasonPhrase().toLowerCase(Locale.ROOT);
    String message =
        status.equals(HttpStatus.REQUEST_ENTITY_TOO_LARGE)
            ? "the request's body may have " + config.maxRequestLength() + " bytes"
            : description == null ? reason : description;
    return formats.apply(path).aggregated(status, code(status, reason), message);
  }

  private static String code(HttpStatus status, String reason) {
    return status.equals(HttpStatus.REQUEST_ENTITY_TOO_LARGE)
        ? "too_large"
        : reason.replace(' ', '_');
  }
}
