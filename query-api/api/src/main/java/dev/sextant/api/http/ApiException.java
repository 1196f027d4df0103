package dev.sextant.api.http;

import com.linecorp.armeria.common.HttpStatus;

/** A request that cannot be answered, with the status and the short code that clients branch on. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient HttpStatus status;
  private final String code;

  public ApiException(HttpStatus status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  public static ApiException badRequest(String message) {
    return new ApiException(HttpStatus.BAD_REQUEST, "bad_request", message);
  }

  public static ApiException notFound(String message) {
    return new ApiException(HttpStatus.NOT_FOUND, "not_found", message);
  }

  public HttpStatus status() {
    return status;
  }

  public String code() {
    return code;
  }
}
