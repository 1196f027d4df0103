package dev.sextant.ui.gateway;

import dev.sextant.api.access.Principal;
import dev.sextant.ui.DashboardAccess;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes the HTTP APIs through, streaming both ways, so that a browser has one origin. It takes the
 * browser's session for the caller's identity and states it, signed, to the APIs; what a client
 * itself says under Sextant's own header names is dropped.
 *
 * <p>A caller with a bearer token of its own is passed on as it is: a browser never adds one by
 * itself. Everyone else must, for unsafe methods, come from the dashboard's own pages.
 */
public final class ApiGateway extends ProxyHandler.Reverse {
  /** The header that repeats the session's token on unsafe requests. */
  static final String CSRF_HEADER = "X-Sextant-CSRF";

  private static final Logger LOG = LoggerFactory.getLogger(ApiGateway.class);
  private static final String OWN_HEADERS = "x-sextant-";
  private static final String PRINCIPAL = ApiGateway.class.getName();
  private static final long IDLE_MILLIS = 5 * 60 * 1000;
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  /** First path segments that belong to an API; no page may be called so. */
  private static final Set<String> PREFIXES =
      Set.of(
          "sextant",
          "api",
          "prometheus",
          "loki",
          "tempo",
          "jaeger",
          "zipkin",
          "alertmanager",
          "elasticsearch",
          "influx",
          "opentsdb",
          "pushgateway",
          "otlp",
          "v1");

  private final Sessions sessions;
  private final DashboardAccess access;

  /**
   * @param api scheme and authority of the port that serves the APIs
   */
  public ApiGateway(URI api, Sessions sessions, DashboardAccess access) {
    super(request -> target(api, request));
    this.sessions = sessions;
    this.access = access;
  }

  private static HttpURI target(URI api, Request request) {
    return HttpURI.build(request.getHttpURI())
        .scheme(api.getScheme())
        .authority(api.getHost(), api.getPort())
        .asImmutable();
  }

  @Override
  protected void configureHttpClient(HttpClient client) {
    super.configureHttpClient(client);
    client.setIdleTimeout(IDLE_MILLIS);
    client.setConnectTimeout(5_000);
    client.setMaxConnectionsPerDestination(256);
    client.setUserAgentField(null);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (!isApi(Request.getPathInContext(request))) {
      return false;
    }
    if (isBearer(request)) {
      return super.handle(request, response, callback);
    }
    Optional<Sessions.Session> session = sessions.of(request);
    if (session.isEmpty()) {
      Answers.error(
          response,
          callback,
          401,
          "unauthenticated",
          "log in at /login, or send the header Authorization: Bearer with a token");
      return true;
    }
    Optional<String> refusal = refusal(request, session.get());
    if (refusal.isPresent()) {
      Answers.error(response, callback, 403, "forbidden", refusal.get());
      return true;
    }
    request.setAttribute(PRINCIPAL, session.get().principal());
    return super.handle(request, response, callback);
  }

  private static boolean isApi(String path) {
    int end = path.indexOf('/', 1);
    return PREFIXES.contains(end < 0 ? path.substring(1) : path.substring(1, end));
  }

  private static boolean isBearer(Request request) {
    String given = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    return given != null && given.regionMatches(true, 0, "Bearer ", 0, 7);
  }

  private static Optional<String> refusal(Request request, Sessions.Session session) {
    String site = request.getHeaders().get("Sec-Fetch-Site");
    if (SAFE.contains(request.getMethod())) {
      boolean foreign = site != null && List.of("cross-site", "same-site").contains(site);
      return foreign
          ? Optional.of("requests from other sites' pages are not answered")
          : Optional.empty();
    }
    if (!"same-origin".equals(site)) {
      return Optional.of(
          request.getMethod()
              + " on the dashboard's port is for its own pages (Sec-Fetch-Site: same-origin); "
              + "send it to the API's own port, or with the header Authorization: Bearer");
    }
    return session.csrf().equals(request.getHeaders().get(CSRF_HEADER))
        ? Optional.empty()
        : Optional.of("the header " + CSRF_HEADER + " is missing or not this session's");
  }

  @Override
  protected void copyRequestHeaders(
      Request clientToProxy, org.eclipse.jetty.client.Request proxyToServer) {
    super.copyRequestHeaders(clientToProxy, proxyToServer);
    boolean bearer = isBearer(clientToProxy);
    proxyToServer.headers(
        headers -> {
          clientToProxy.getHeaders().stream()
              .filter(field -> isOwn(field, bearer))
              .forEach(field -> headers.remove(field.getName()));
          if (clientToProxy.getAttribute(PRINCIPAL) instanceof Principal principal) {
            headers.put(DashboardAccess.IDENTITY_HEADER, access.sign(principal));
          }
        });
  }

  private static boolean isOwn(HttpField field, boolean bearer) {
    String name = field.getLowerCaseName();
    return name.startsWith(OWN_HEADERS)
        || name.equals("cookie")
        || (name.equals("authorization") && !bearer)
        || name.startsWith("x-forwarded-")
        || name.equals("forwarded");
  }

  @Override
  protected void onServerToProxyResponseFailure(
      Request clientToProxy,
      org.eclipse.jetty.client.Request proxyToServer,
      org.eclipse.jetty.client.Response serverToProxy,
      Response proxyToClient,
      Callback callback,
      Throwable failure) {
    if (failure instanceof EofException) {
      LOG.debug("the client left before {} was answered", proxyToServer.getURI());
    } else {
      LOG.warn("{} {}: {}", proxyToServer.getMethod(), proxyToServer.getURI(), failure.toString());
    }
    if (proxyToClient.isCommitted()) {
      callback.failed(failure);
      return;
    }
    proxyToClient.reset();
    Answers.error(
        proxyToClient,
        callback,
        503,
        "unavailable",
        "the API's port does not answer: " + failure.getMessage());
  }
}
