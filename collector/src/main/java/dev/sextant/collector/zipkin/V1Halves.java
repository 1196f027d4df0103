package dev.sextant.collector.zipkin;

import dev.sextant.collector.zipkin.V1Span.Annotation;
import dev.sextant.collector.zipkin.V1Span.BinaryAnnotation;
import dev.sextant.collector.zipkin.ZipkinSpan.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans of version 2 of one of version 1, as Zipkin does. There a client, a server or both
 * wrote what happened into one span: {@code cs} client sent, {@code sr} server received, {@code ss}
 * server sent, {@code cr} client received; a producer {@code ms} message sent and {@code ws} sent
 * over the wire, a consumer {@code wr} and {@code mr}. Each service becomes a span of its own, all
 * under the same id, the called one marked as shared. What names no endpoint belongs to the first.
 *
 * <p>A span without a timestamp in which only a server spoke is shared too: version 1 left the
 * timestamp to whoever began the span. For one span.
 */
final class V1Halves {
  /** Services that one span may speak of; a call has two. */
  static final int MAX_SERVICES = 16;

  private final V1Span source;
  private final List<ZipkinSpan> halves = new ArrayList<>();
  private final Map<String, Annotation> core = new HashMap<>();
  private boolean tooMany;

  private V1Halves(V1Span source) {
    this.source = source;
    add(ZipkinEndpoint.NONE);
  }

  static void take(V1Span source, String where, SpanTaker spans) {
    V1Halves halves = new V1Halves(source);
    halves.annotations();
    halves.inferStarts();
    halves.call();
    halves.message();
    halves.binaryAnnotations();
    if (halves.tooMany) {
      spans.reject(where + ": it speaks of more than " + MAX_SERVICES + " services");
      return;
    }
    for (ZipkinSpan half : halves.halves) {
      spans.take(half, where);
    }
  }

  private ZipkinSpan add(ZipkinEndpoint local) {
    ZipkinSpan half = new ZipkinSpan();
    half.traceHigh = source.common.traceHigh;
    half.traceLow = source.common.traceLow;
    half.id = source.common.id;
    half.parent = source.common.parent;
    half.name = source.common.name;
    half.debug = source.common.debug;
    half.local = local;
    halves.add(half);
    return half;
  }

  /** The half of the service at an endpoint. */
  private ZipkinSpan at(ZipkinEndpoint endpoint) {
    ZipkinSpan first = halves.getFirst();
    if (endpoint.isNone()) {
      return first;
    }
    if (first.local.isNone()) {
      first.local = endpoint;
      return first;
    }
    for (ZipkinSpan half : halves) {
      if (half.local.service().equals(endpoint.service())) {
        return half;
      }
    }
    if (halves.size() == MAX_SERVICES) {
      tooMany = true;
      return first;
    }
    return add(endpoint);
  }

  private ZipkinSpan at(Annotation annotation) {
    return at(annotation.endpoint());
  }

  private void annotations() {
    List<Annotation> ordered = new ArrayList<>(source.annotations);
    ordered.sort(Comparator.comparingLong(Annotation::timestamp).thenComparing(Annotation::value));
    for (Annotation annotation : ordered) {
      ZipkinSpan half = at(annotation);
      boolean isCore =
          !annotation.endpoint().isNone()
              && switch (annotation.value()) {
                case "cs", "cr" -> kind(half, Kind.CLIENT);
                case "sr", "ss" -> kind(half, Kind.SERVER);
                case "ms" -> kind(half, Kind.PRODUCER);
                case "mr" -> kind(half, Kind.CONSUMER);
                case "ws", "wr" -> true;
                default -> false;
              };
      if (isCore) {
        core.put(annotation.value(), annotation);
      } else {
        happened(half, annotation);
      }
    }
  }

  private static boolean kind(ZipkinSpan half, Kind kind) {
    half.kind = kind;
    return true;
  }

  private static void happened(ZipkinSpan half, Annotation annotation) {
    half.annotations.add(new ZipkinSpan.Annotation(annotation.timestamp(), annotation.value()));
  }

  /** Where an end stands exactly at the span's, its beginning is the span's. */
  private void inferStarts() {
    inferStart("cs", "cr");
    inferStart("sr", "ss");
  }

  private void inferStart(String begin, String end) {
    Annotation last = core.get(end);
    ZipkinSpan common = source.common;
    if (last != null
        && !core.containsKey(begin)
        && common.timestamp != 0
        && common.duration != 0
        && common.timestamp + common.duration == last.timestamp()) {
      core.put(begin, new Annotation(common.timestamp, begin, last.endpoint()));
    }
  }

  private void call() {
    Annotation cs = core.get("cs");
    Annotation sr = core.get("sr");
    Annotation ss = core.get("ss");
    Annotation cr = core.get("cr");
    if (cs != null && sr != null) {
      both(cs, cr, sr, ss);
    } else if (cs != null && cr != null) {
      spans(cs, cr);
    } else if (sr != null && ss != null) {
      spans(sr, ss);
    } else {
      incomplete();
    }
    boolean isWithoutTime =
        source.common.timestamp == 0 || (ss != null && source.common.duration == 0);
    if (cs == null && sr != null && isWithoutTime) {
      at(sr).shared = true;
    }
  }

  private void both(
      Annotation cs, @Nullable Annotation cr, Annotation sr, @Nullable Annotation ss) {
    spans(cs, cr);
    ZipkinSpan client = at(cs);
    ZipkinSpan server = at(sr);
    if (server == client) {
      client.kind = Kind.CLIENT;
      server = add(sr.endpoint());
      server.kind = Kind.SERVER;
    }
    server.shared = true;
    server.timestamp = sr.timestamp();
    server.duration = ss == null ? 0 : lasting(sr, ss);
    if (cr == null && source.common.duration == 0) {
      client.duration = 0;
    }
  }

  /** Times a half by the span's own times or, without them, by what it recorded. */
  private void spans(Annotation begin, @Nullable Annotation end) {
    ZipkinSpan half = at(begin);
    if (source.common.timestamp != 0 && source.common.duration != 0) {
      half.timestamp = source.common.timestamp;
      half.duration = source.common.duration;
    } else {
      half.timestamp = begin.timestamp();
      half.duration = end == null ? half.duration : lasting(begin, end);
    }
  }

  /** 0 where the end comes first. */
  private static long lasting(Annotation begin, Annotation end) {
    return Math.max(0, end.timestamp() - begin.timestamp());
  }

  /** A call of which one end, or no end, was recorded. */
  private void incomplete() {
    for (ZipkinSpan half : halves) {
      switch (half.kind) {
        case CLIENT -> incomplete(half, core.get("cs"), core.get("cr"));
        case SERVER -> incomplete(half, core.get("sr"), core.get("ss"));
        case PRODUCER, CONSUMER, NONE -> {}
      }
    }
    if (source.common.timestamp != 0) {
      halves.getFirst().timestamp = source.common.timestamp;
      halves.getFirst().duration = source.common.duration;
    }
  }

  private static void incomplete(
      ZipkinSpan half, @Nullable Annotation begin, @Nullable Annotation end) {
    if (begin != null) {
      half.timestamp = begin.timestamp();
    }
    if (end != null) {
      happened(half, end);
    }
  }

  private void message() {
    Annotation ms = core.get("ms");
    Annotation mr = core.get("mr");
    Annotation ws = core.get("ws");
    Annotation wr = core.get("wr");
    if (ms != null && mr != null) {
      producedAndConsumed(ms, ws, mr, wr);
    } else if (ms != null) {
      spans(ms, ws);
    } else if (mr != null && wr != null) {
      spans(wr, mr);
    } else if (mr != null) {
      spans(mr, null);
    } else {
      for (Annotation wire : new @Nullable Annotation[] {ws, wr}) {
        if (wire != null) {
          happened(at(wire), wire);
        }
      }
    }
  }

  private void producedAndConsumed(
      Annotation ms, @Nullable Annotation ws, Annotation mr, @Nullable Annotation wr) {
    ZipkinSpan producer = at(ms);
    ZipkinSpan consumer = at(mr);
    if (consumer == producer) {
      producer.kind = Kind.PRODUCER;
      consumer = add(mr.endpoint());
      consumer.kind = Kind.CONSUMER;
    }
    consumer.shared = true;
    consumer.timestamp = wr == null ? mr.timestamp() : wr.timestamp();
    consumer.duration = wr == null ? consumer.duration : lasting(wr, mr);
    producer.timestamp = ms.timestamp();
    producer.duration = ws == null ? 0 : lasting(ms, ws);
  }

  private void binaryAnnotations() {
    ZipkinEndpoint ca = null;
    ZipkinEndpoint sa = null;
    ZipkinEndpoint ma = null;
    List<BinaryAnnotation> ordered = new ArrayList<>(source.binaryAnnotations);
    ordered.sort(Comparator.comparing(BinaryAnnotation::key));
    for (BinaryAnnotation binary : ordered) {
      if (binary.isAddress("ca")) {
        ca = binary.endpoint();
      } else if (binary.isAddress("sa")) {
        sa = binary.endpoint();
      } else if (binary.isAddress("ma")) {
        ma = binary.endpoint();
      } else {
        tag(binary);
      }
    }
    addresses(ca, sa, ma);
  }

  private void tag(BinaryAnnotation binary) {
    ZipkinSpan half = at(binary.endpoint());
    // An empty "lc" only names the local endpoint.
    if (!binary.key().equals("lc") || !binary.value().isEmpty()) {
      half.tags.put(binary.key(), binary.value());
    }
  }

  private void addresses(
      @Nullable ZipkinEndpoint ca, @Nullable ZipkinEndpoint sa, @Nullable ZipkinEndpoint ma) {
    Annotation client = core.getOrDefault("cs", core.get("cr"));
    Annotation server = core.getOrDefault("sr", core.get("ss"));
    if (client == null && server == null && (ca != null || sa != null)) {
      addressesAlone(ca, sa);
      return;
    }
    if (ca != null && server != null && !ca.equals(server.endpoint())) {
      boolean isItself = ca.service().equals(server.endpoint().service());
      // Finagle names the server's own service there, with the client's port.
      at(server).remote = isItself ? new ZipkinEndpoint("", ca.address(), ca.port()) : ca;
    }
    if (sa != null && client != null) {
      at(client).remote = sa;
    }
    if (ma != null) {
      for (String end : List.of("ms", "mr")) {
        Annotation annotation = core.get(end);
        if (annotation != null) {
          at(annotation).remote = ma;
        }
      }
    }
  }

  /** Addresses where no end was recorded. */
  private void addressesAlone(@Nullable ZipkinEndpoint ca, @Nullable ZipkinEndpoint sa) {
    if (ca != null && sa != null) {
      at(ca).remote = sa;
    } else if (sa != null) {
      halves.getFirst().remote = sa;
    } else if (ca != null) {
      halves.getFirst().kind = Kind.SERVER;
      halves.getFirst().remote = ca;
    }
  }
}
