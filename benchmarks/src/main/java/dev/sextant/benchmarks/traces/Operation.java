package dev.sextant.benchmarks.traces;

/**
 * Something that a service does when it is asked.
 *
 * @param subject method and route, {@code package.Service/Method}, topic or job
 * @param weight how often, among its service's operations of its kind
 * @param millis the median of its own work, without that of those it calls
 */
record Operation(Protocol protocol, String subject, double weight, double millis) {
  /** How it is asked. */
  enum Protocol {
    HTTP,
    /** HTTP, by a library that names spans after the path with all its ids. */
    RAW_HTTP,
    RPC,
    MESSAGE,
    JOB
  }

  boolean isHttp() {
    return protocol == Protocol.HTTP || protocol == Protocol.RAW_HTTP;
  }

  boolean isCalled() {
    return isHttp() || protocol == Protocol.RPC;
  }

  /** The part before the space or the slash: {@code GET}, {@code shop.cart.v1.Cart}. */
  String left() {
    return subject.substring(0, cut());
  }

  /** The part after it: {@code /orders/{id}}, {@code AddItem}. */
  String right() {
    return subject.substring(cut() + 1);
  }

  private int cut() {
    return subject.indexOf(protocol == Protocol.RPC ? '/' : ' ');
  }
}
