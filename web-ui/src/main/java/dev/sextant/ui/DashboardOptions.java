package dev.sextant.ui;

import java.net.URI;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the dashboard listens and what stands behind it.
 *
 * @param address the address to bind, such as {@code 127.0.0.1}
 * @param port 0 for any free one
 * @param api the port that serves the HTTP APIs, such as {@code http://127.0.0.1:9090}
 * @param hosts names, without port, that the {@code Host} header may give; in lower case
 * @param secureCookies whether browsers reach the dashboard over TLS only
 */
public record DashboardOptions(
    String address, int port, URI api, Set<String> hosts, boolean secureCookies, Clock clock) {
  public DashboardOptions {
    hosts =
        hosts.stream()
            .map(host -> host.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** On loopback, reachable under loopback's names only. */
  public static DashboardOptions loopback(int port, URI api) {
    return new DashboardOptions(
        "127.0.0.1",
        port,
        api,
        Set.of("localhost", "127.0.0.1", "[::1]"),
        false,
        Clock.systemUTC());
  }
}
