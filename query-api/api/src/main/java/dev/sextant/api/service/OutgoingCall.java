package dev.sextant.api.service;

/**
 * What a service called.
 *
 * @param system such as {@code postgresql}, {@code redis}, {@code kafka}, {@code grpc}; empty where
 *     unknown
 * @param name a statement without values, a cache's command, an RPC method, method and host, an
 *     operation and its destination
 */
public record OutgoingCall(Kind kind, String system, String name) {
  /** The kinds of calls. */
  public enum Kind {
    DATABASE,
    CACHE,
    RPC,
    HTTP,
    MESSAGE
  }
}
