package dev.sextant.agent.core.http;

import org.jspecify.annotations.Nullable;

/** A request as a server library holds it; read during {@link HttpServerSpan#start} only. */
public interface HttpServerRequest {
  /** As it came, unknown methods included. */
  String method();

  /** {@code http} or {@code https}. */
  String scheme();

  /** Undecoded, beginning with a slash. */
  String path();

  /** Without the question mark. */
  @Nullable String query();

  /** The first value; the name's case does not matter. */
  @Nullable String header(String name);

  /** Of all headers, in any case; a name may come more than once. */
  Iterable<String> headerNames();

  /** Such as {@code 1.1}. */
  @Nullable String protocolVersion();

  @Nullable String peerAddress();

  /** Zero or less if unknown. */
  int peerPort();
}
