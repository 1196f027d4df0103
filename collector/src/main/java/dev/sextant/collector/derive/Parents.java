package dev.sextant.collector.derive;

import dev.sextant.trace.Span;
import org.jspecify.annotations.Nullable;

/**
 * Says what a called span is whose caller told nothing of the call, by the parent that the span
 * names: one of another service asked without a client's span, or with one that came too early or
 * late; within one of the same service it is no call at all. For one thread.
 */
final class Parents {
  /** The called one of two spans that share an id is the parent of what names that id. */
  private static final Span.Kind[] KINDS = {
    Span.Kind.SERVER,
    Span.Kind.CONSUMER,
    Span.Kind.INTERNAL,
    Span.Kind.UNSPECIFIED,
    Span.Kind.CLIENT,
    Span.Kind.PRODUCER
  };

  private final RepeatWindow spans;
  private final ServiceNumbers services;
  private final String tenant;

  /**
   * @param spans that arrived lately, with the numbers of their services
   */
  Parents(RepeatWindow spans, ServiceNumbers services, String tenant) {
    this.spans = spans;
    this.services = services;
    this.tenant = tenant;
  }

  /**
   * The edge of a called span that waited in vain.
   *
   * @param parent the id of its caller
   * @param stampMillis when it has waited long enough
   * @return null for none
   */
  @Nullable Edge edge(Half called, long parent, long stampMillis) {
    // Under an id that it shares with its caller, nobody is found but itself.
    boolean shared = called.spanId == parent;
    for (Span.Kind kind : KINDS) {
      if (shared && kind != Span.Kind.CLIENT && kind != Span.Kind.PRODUCER) {
        continue;
      }
      long key =
          RepeatWindow.key(tenant, called.traceHigh, called.traceLow, parent, kind.ordinal());
      String service = services.name(spans.service(key, stampMillis));
      if (!service.isEmpty()) {
        return edge(called, service, kind);
      }
    }
    return Edge.fromNobody(called);
  }

  private static @Nullable Edge edge(Half called, String parent, Span.Kind kind) {
    if (!parent.equals(LabelText.of(called.service))) {
      return Edge.fromParent(parent, called);
    }
    return switch (kind) {
      // A request within a request, or a message within the receipt of it.
      case SERVER, CONSUMER, CLIENT, PRODUCER -> null;
      case INTERNAL, UNSPECIFIED ->
          called.messaging ? Edge.fromNobody(called) : Edge.fromParent(parent, called);
    };
  }
}
