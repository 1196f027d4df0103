package dev.sextant.collector.derive;

import dev.sextant.metrics.MetricsBatch;
import dev.sextant.storage.journal.JournalRecord;
import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.storage.otlp.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of derivation. Its counts are those of the spans below row P, each counted
 * once; what is needed to go on (which spans arrived lately, which edges wait for a half) is a
 * function of the records between U and P alone, and is rebuilt by applying them again without
 * counting.
 *
 * <p>That this function does not depend on anything before U follows from U's distance: it lies a
 * repeat window and four pairing timeouts before P. A span just after U that repeats one before U
 * looks new in a replay, and may leave a half edge, but at most a repeat window after U; it and
 * whatever it meets are gone a few timeouts later, before P, where nothing is counted. For one
 * thread.
 */
final class Derivation {
  /**
   * How far behind the clock a tick ends waiting edges: a record may be stamped this long before it
   * can be read.
   */
  static final long GRACE_MILLIS = 2000;

  private final CallCounts calls;
  private final EdgeCounts edges;
  private final RepeatWindow repeats;
  private final ServiceNumbers services = new ServiceNumbers();
  private final Pairing pairing;
  private final History history;
  private final PeerAttributes attributes = new PeerAttributes();
  private final long forgetMillis;
  private boolean counting = true;
  private long nextRow;
  private long tickMillis;

  /**
   * @param tenant whose spans these are
   */
  Derivation(DeriveSettings settings, String tenant) {
    calls = new CallCounts(settings);
    edges = new EdgeCounts(settings.maxEdges(), settings.maxPeers());
    repeats = new RepeatWindow(settings.repeatWindow().toSeconds(), settings.maxRepeats());
    long timeout = settings.pairingTimeout().toMillis();
    Parents parents = new Parents(repeats, services, tenant);
    pairing = new Pairing(this::edge, parents::edge, timeout, settings.maxPending());
    forgetMillis = settings.forgetAfter().toMillis();
    history = new History(settings.repeatWindow().toMillis() + 4 * timeout);
  }

  /** Takes counts back as a tick wrote them; {@link #replayed} must follow the replay. */
  void restore(MetricsBatch written, MetricsBatch.Derived position) {
    DerivedSamples.read(written, calls, edges);
    nextRow = position.spanRow();
    tickMillis = position.tickMillis();
    counting = false;
  }

  /** Applies a record below P for what it leaves behind only. */
  void replay(JournalRecord spans) {
    walk(spans);
  }

  /** Ends the replay: from now on everything counts. */
  void replayed() {
    if (tickMillis > 0) {
      pairing.advance(tickMillis - GRACE_MILLIS);
    }
    counting = true;
  }

  /** Counts a record that begins at or after {@link #nextRow()}. */
  void apply(JournalRecord spans) {
    walk(spans);
    nextRow = spans.endRow();
  }

  /** P: the row after the last one counted. */
  long nextRow() {
    return nextRow;
  }

  private void walk(JournalRecord spans) {
    long stamp = spans.position().stampMillis();
    history.note(spans.position().row(), stamp);
    pairing.advance(stamp);
    RowCursor rows = new RowCursor(spans.payload(), OtlpLimits.DEFAULT);
    SpanFacts span = new SpanFacts(rows, attributes);
    while (rows.next()) {
      span.read();
      span(spans.tenant(), rows.service(), span, stamp);
    }
  }

  private void span(String tenantName, String service, SpanFacts span, long stamp) {
    long key =
        RepeatWindow.key(
            tenantName, span.traceHigh, span.traceLow, span.spanId, span.kind.ordinal());
    if (repeats.repeats(key, stamp, services.of(service))) {
      return;
    }
    if (counting) {
      count(service, span);
    }
    pair(service, span, stamp);
  }

  private void count(String service, SpanFacts span) {
    Latency latency = calls.of(service, span).latency;
    long nanos = span.durationNanos();
    int bucket = latency.observe(nanos);
    if (span.endNanos > 0) {
      latency.exemplify(
          bucket, nanos, span.traceHigh, span.traceLow, span.spanId, span.endNanos / 1_000_000);
    }
  }

  private void pair(String service, SpanFacts span, long stamp) {
    switch (span.kind) {
      case CLIENT -> client(service, span, stamp);
      case PRODUCER -> {
        Peer peer = span.peer();
        pairing.caller(
            Half.message(service, span, peer.destination(), peer.messagingSystem()), stamp);
      }
      case SERVER -> server(service, span, stamp);
      case CONSUMER -> consumer(service, span, stamp);
      case UNSPECIFIED, INTERNAL -> {}
    }
  }

  private void client(String service, SpanFacts span, long stamp) {
    Peer peer = span.peer();
    if (peer.isDatabase()) {
      if (counting) {
        Half caller = Half.request(service, span, peer.isGateway(), "");
        String system = peer.databaseSystem();
        edge(Edge.toDatabase(caller, peer.isCache(), peer.database(), system), caller, null);
      }
    } else if (peer.isMessaging()) {
      broker(service, span, peer, stamp);
    } else {
      boolean gateway = peer.isGateway();
      pairing.caller(Half.request(service, span, gateway, peer.host()), stamp);
      if (gateway && span.parentSpanId != 0) {
        pairing.relayed(span.traceHigh, span.traceLow, span.parentSpanId, stamp);
      }
    }
  }

  /**
   * A client span that sends to a broker, receives from it, or tells it what became of messages.
   */
  private void broker(String service, SpanFacts span, Peer peer, long stamp) {
    if (peer.isReceive()) {
      consumer(service, span, stamp);
    } else if (!peer.isSettle()) {
      pairing.caller(
          Half.message(service, span, peer.destination(), peer.messagingSystem()), stamp);
    }
  }

  /**
   * A proxy may tell of a request with one span, which is then the parent of the next one's; under
   * an id that it shares with its caller, that one is the caller.
   */
  private void server(String service, SpanFacts span, long stamp) {
    Peer peer = span.peer();
    boolean gateway = peer.isGateway();
    called(Half.request(service, span, gateway, ""), span.callerSpanId(), stamp);
    if (gateway && !span.shared) {
      pairing.caller(Half.request(service, span, true, peer.upstream()), stamp);
    }
  }

  private void consumer(String service, SpanFacts span, long stamp) {
    Peer peer = span.peer();
    called(
        Half.message(service, span, peer.queue(), peer.messagingSystem()),
        span.callerSpanId(),
        stamp);
  }

  private void called(Half called, long caller, long stamp) {
    if (caller != 0) {
      pairing.called(caller, called, stamp);
    } else if (counting) {
      edge(Edge.fromOutside(called), null, called);
    }
  }

  private void edge(Edge edge, @Nullable Half caller, @Nullable Half called) {
    if (!counting) {
      return;
    }
    EdgeCounts.Counted counted = edges.of(edge);
    Half client = caller != null ? caller : called;
    Half server = called != null ? called : caller;
    if (client == null || server == null) {
      return;
    }
    client.observe(counted.client);
    server.observe(counted.server);
    if (client.failed || server.failed) {
      counted.failed++;
    }
  }

  /**
   * Everything counted so far, as the batch of a tick, but for what stands still for so long that
   * it is forgotten; where that comes again, it begins with 0.
   *
   * @param nowMillis since the epoch; where it is not after the tick before, the tick is 1 ms after
   *     that
   * @param intervalMillis how long before its first tick a new series was 0
   */
  MetricsBatch tick(String tenant, long nowMillis, long intervalMillis) {
    long time = Math.max(nowMillis, tickMillis + 1);
    long zero = Math.max(tickMillis, time - intervalMillis);
    pairing.advance(time - GRACE_MILLIS);
    tickMillis = time;
    calls.forgetIdle(time, forgetMillis);
    edges.forgetIdle(time, forgetMillis);
    MetricsBatch.Derived position =
        new MetricsBatch.Derived(nextRow, Math.min(nextRow, history.oldestNeeded(nextRow)), time);
    return DerivedSamples.write(tenant, calls, edges, position, zero);
  }

  /** The batch of the last tick is durable. */
  void written() {
    calls.all().values().forEach(counted -> counted.birth.written());
    edges.all().values().forEach(counted -> counted.birth.written());
  }

  /** What bounds cost so far: spans forgotten and edges given up before their time. */
  long cutShort() {
    return repeats.forgottenEarly() + pairing.givenUpEarly();
  }
}
