package dev.sextant.server.access;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import dev.sextant.api.access.Access;
import dev.sextant.api.access.CurrentAccess;
import dev.sextant.api.access.Principal;
import dev.sextant.api.access.Role;
import dev.sextant.api.http.ErrorFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one gate in front of every route. It finds out who asks, checks the route's role and the
 * tenant, and leaves an {@link Access} for what stands behind it. What no route names is refused to
 * strangers before it is not found.
 */
public final class Authoriser {
  private final Authenticator authenticator;

  public Authoriser(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  /**
   * A decorator that lets through only who holds the role; null lets everyone through (health, and
   * nothing else).
   *
   * @param errors how a refusal of a path is written
   */
  public Function<? super HttpService, ? extends HttpService> require(
      @Nullable Role role, Function<String, ErrorFormat> errors) {
    return role == null ? Function.identity() : service -> new Gate(service, role, errors);
  }

  /** A decorator that lets through whoever is known, whatever the role. */
  public Function<? super HttpService, ? extends HttpService> requireAnyone(
      Function<String, ErrorFormat> errors) {
    return service -> new Gate(service, null, errors);
  }

  private final class Gate extends SimpleDecoratingHttpService {
    private final @Nullable Role role;
    private final Function<String, ErrorFormat> errors;

    private Gate(HttpService delegate, @Nullable Role role, Function<String, ErrorFormat> errors) {
      super(delegate);
      this.role = role;
      this.errors = errors;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) throws Exception {
      Optional<Principal> principal = authenticator.authenticate(request.headers());
      if (principal.isEmpty()) {
        return refuse(
            errors.apply(request.path()),
            HttpStatus.UNAUTHORIZED,
            "unauthenticated",
            "send a valid access token as Authorization: Bearer …");
      }
      if (role != null && !principal.get().may(role)) {
        return refuse(
            errors.apply(request.path()),
            HttpStatus.FORBIDDEN,
            "forbidden",
            "this needs the role " + role.name().toLowerCase(Locale.ROOT));
      }
      String tenant = request.headers().get("x-scope-orgid", Access.DEFAULT_TENANT);
      if (!tenant.equals(Access.DEFAULT_TENANT)) {
        return refuse(
            errors.apply(request.path()),
            HttpStatus.FORBIDDEN,
            "forbidden",
            "only the tenant 'default' exists; leave X-Scope-OrgID out");
      }
      CurrentAccess.set(ctx, new Access(principal.get(), tenant));
      return unwrap().serve(ctx, request);
    }
  }

  static HttpResponse refuse(ErrorFormat errors, HttpStatus status, String code, String message) {
    AggregatedHttpResponse answer = errors.aggregated(status, code, message);
    if (!status.equals(HttpStatus.UNAUTHORIZED)) {
      return answer.toHttpResponse();
    }
    ResponseHeaders headers =
        answer.headers().toBuilder()
            .add(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer realm=\"sextant\"")
            .build();
    return HttpResponse.of(headers, answer.content());
  }
}
