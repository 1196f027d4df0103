package dev.sextant.collector.zipkin;

import dev.sextant.collector.convert.ConvertedSpan.Kind;
import java.util.Map;

/**
 * What tags say of the other end of a call where the span has no remote endpoint for it:
 * OpenTracing's {@code peer.*}, and of Envoy's proxies, {@code upstream_cluster} and {@code
 * peer.address}.
 */
final class PeerTags {
  private PeerTags() {}

  /** The remote endpoint, with what it lacks filled in from the tags. */
  static ZipkinEndpoint remote(ZipkinEndpoint sent, Kind kind, Map<String, String> tags) {
    String service = sent.service();
    if (service.isEmpty() && kind == Kind.CLIENT && !tags.containsKey("peer.service")) {
      service = cluster(tags.getOrDefault("upstream_cluster", ""));
    }
    ZipkinEndpoint at = sent.address().isEmpty() && sent.port() == 0 ? told(tags) : sent;
    return new ZipkinEndpoint(service, at.address(), at.port());
  }

  /** Istio's {@code outbound|9080||reviews.shop.svc.cluster.local} is its last part. */
  private static String cluster(String name) {
    return name.equals("-") ? "" : name.substring(name.lastIndexOf('|') + 1);
  }

  private static ZipkinEndpoint told(Map<String, String> tags) {
    String address = tags.getOrDefault("peer.address", "");
    int colon = address.lastIndexOf(':');
    boolean both = colon > 0 && address.indexOf('.') > 0;
    String ipv4 = tags.getOrDefault("peer.ipv4", both ? address.substring(0, colon) : address);
    String port = tags.getOrDefault("peer.port", both ? address.substring(colon + 1) : "");
    return ZipkinEndpoint.of("", ipv4, tags.getOrDefault("peer.ipv6", address), port(port));
  }

  private static int port(String text) {
    boolean number =
        !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? Integer.parseInt(text) : 0;
  }
}
