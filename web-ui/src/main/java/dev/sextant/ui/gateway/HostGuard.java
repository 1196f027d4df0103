package dev.sextant.ui.gateway;

import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests whose {@code Host} is not on a list, so that a name an attacker points at this
 * address (DNS rebinding) opens nothing; and sets the headers that hold on every answer.
 */
public final class HostGuard extends Handler.Wrapper {
  /** Vaadin's bootstrap and ECharts need inline code and styles; all of it is our own origin's. */
  private static final String POLICY =
      "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
          + "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
          + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

  private final Set<String> hosts;

  /**
   * @param hosts names without port, in lower case; IPv6 addresses in brackets
   */
  public HostGuard(Set<String> hosts, Handler next) {
    super(next);
    this.hosts = hosts;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String host = hostOf(request);
    if (host == null || !hosts.contains(host)) {
      String shown = host == null ? "none" : "'" + host + "'";
      Answers.error(
          response,
          callback,
          421,
          "unknown_host",
          "the Host header names " + shown + ", which listen.allowed-hosts does not list");
      return true;
    }
    HttpFields.Mutable headers = response.getHeaders();
    headers.put("Content-Security-Policy", POLICY);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "same-origin");
    return super.handle(request, response, callback);
  }

  private static @Nullable String hostOf(Request request) {
    String host = request.getHttpURI().getHost();
    return host == null ? null : host.toLowerCase(Locale.ROOT);
  }
}
