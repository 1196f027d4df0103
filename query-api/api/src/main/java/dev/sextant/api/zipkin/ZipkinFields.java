package dev.sextant.api.zipkin;

import dev.sextant.trace.SharedSpans;
import java.util.List;
import java.util.Set;

/**
 * Attributes that are no tags in Zipkin's model but fields, as the receiver of Zipkin's spans
 * writes them and OpenTelemetry's conventions name them, older names behind newer ones.
 */
final class ZipkinFields {
  static final String PEER_SERVICE = "peer.service";
  static final String SERVICE = "service.name";

  /** The tag that a span's status is. */
  static final String ERROR = "error";

  static final String DEBUG = "zipkin.debug";
  static final String SHARED = SharedSpans.SHARED;
  static final String TIMESTAMP_MISSING = "zipkin.timestamp_missing";

  static final List<String> LOCAL_ADDRESS = List.of("network.local.address", "net.host.ip");
  static final List<String> LOCAL_PORT = List.of("network.local.port", "net.host.port");
  static final List<String> PEER_ADDRESS =
      List.of("network.peer.address", "net.sock.peer.addr", "net.peer.ip");
  static final List<String> PEER_PORT =
      List.of("network.peer.port", "net.sock.peer.port", "net.peer.port");

  /** Those that the receiver writes. */
  static final Set<String> ALL =
      Set.of(
          PEER_SERVICE,
          DEBUG,
          SHARED,
          TIMESTAMP_MISSING,
          "network.local.address",
          "network.local.port",
          "network.peer.address",
          "network.peer.port");

  private ZipkinFields() {}
}
