package dev.sextant.agent.core.http;

import org.jspecify.annotations.Nullable;

/** A request as a client library holds it, before it is sent. */
public interface HttpClientRequest {
  String method();

  /** The absolute URL; credentials and signatures in it are redacted before it is recorded. */
  String url();

  @Nullable String host();

  /** Zero or less for the scheme's own port. */
  int port();

  /** Sets a header of the outgoing request; the carrier of the trace context. */
  void setHeader(String name, String value);
}
