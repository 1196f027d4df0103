package dev.sextant.server.access;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import dev.sextant.api.http.ErrorFormat;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Refuses requests whose {@code Host} is none of ours, on loopback too, so that a web page cannot
 * reach this process under a name of its own (DNS rebinding).
 */
public final class HostCheck {
  private final Set<String> allowed;

  /**
   * @param address that the process binds to
   * @param names further names from {@code listen.allowed-hosts}
   */
  public HostCheck(String address, Collection<String> names) {
    this.allowed =
        Stream.concat(Stream.of("localhost", "127.0.0.1", "[::1]", host(address)), names.stream())
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** An address as it stands in a URL, where IPv6 is in brackets. */
  private static String host(String address) {
    return address.contains(":") && !address.startsWith("[") ? "[" + address + "]" : address;
  }

  /** Names without ports, in lower case. */
  public Set<String> allowed() {
    return allowed;
  }

  /** Whether a {@code Host} or {@code :authority} value, with or without port, is ours. */
  public boolean allows(String authority) {
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon > authority.lastIndexOf(']');
    String host = hasPort ? authority.substring(0, colon) : authority;
    return allowed.contains(host.toLowerCase(Locale.ROOT));
  }

  /**
   * The check in front of a service.
   *
   * @param errors how a refusal of a path is written
   */
  public Function<? super HttpService, ? extends HttpService> decorator(
      Function<String, ErrorFormat> errors) {
    return service ->
        new SimpleDecoratingHttpService(service) {
          @Override
          public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request)
              throws Exception {
            String authority = request.authority();
            if (authority == null || !allows(authority)) {
              return Authoriser.refuse(
                  errors.apply(request.path()),
                  HttpStatus.MISDIRECTED_REQUEST,
                  "unknown_host",
                  "add the host you use to listen.allowed-hosts");
            }
            return unwrap().serve(ctx, request);
          }
        };
  }
}
