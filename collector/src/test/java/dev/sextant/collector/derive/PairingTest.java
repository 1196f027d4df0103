package dev.sextant.collector.derive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.collector.fixture.Otlp;
import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.storage.otlp.RowCursor;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Halves in random order: the ring and its table do what a plain list of entries does. */
class PairingTest {
  private static final long TIMEOUT = 1000;

  /** Entries in a map, in the order of their first arrival. */
  private static final class Plain {
    final List<String> completed = new ArrayList<>();
    final Map<List<Long>, Entry> entries = new LinkedHashMap<>();
    final int maxPending;

    static final class Entry {
      final long stamp;
      final List<Half> called = new ArrayList<>();
      @Nullable Half caller;
      boolean paired;

      Entry(long stamp) {
        this.stamp = stamp;
      }
    }

    Plain(int maxPending) {
      this.maxPending = maxPending;
    }

    void caller(Half caller, long stamp) {
      Entry entry = entry(caller, caller.spanId, stamp);
      entry.caller = caller;
      entry.called.forEach(called -> pair(entry, caller, called));
      entry.called.clear();
    }

    void called(long parent, Half called, long stamp) {
      while (entries.values().stream().mapToInt(each -> each.called.size()).sum() >= maxPending) {
        endOldest();
      }
      Entry entry = entry(called, parent, stamp);
      if (entry.caller != null) {
        pair(entry, entry.caller, called);
      } else {
        entry.called.add(called);
      }
    }

    private void pair(Entry entry, Half caller, Half called) {
      entry.paired = true;
      completed.add(caller.service + ">" + called.service);
    }

    private Entry entry(Half half, long span, long stamp) {
      List<Long> key = List.of(half.traceHigh, half.traceLow, span);
      if (!entries.containsKey(key) && entries.size() >= maxPending) {
        endOldest();
      }
      return entries.computeIfAbsent(key, made -> new Entry(stamp));
    }

    void advance(long now) {
      while (!entries.isEmpty() && entries.values().iterator().next().stamp + TIMEOUT < now) {
        endOldest();
      }
    }

    private void endOldest() {
      Iterator<Entry> oldest = entries.values().iterator();
      Entry entry = oldest.next();
      oldest.remove();
      if (entry.caller != null && !entry.paired && !entry.caller.peer.isEmpty()) {
        completed.add(entry.caller.service + ">" + entry.caller.peer);
      }
      for (Half called : entry.called) {
        if (!called.messaging) {
          completed.add("user>" + called.service);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 50, 5_000})
  void halves_pairAsInAPlainList(int maxPending) {
    Random random = new Random(maxPending);
    List<String> completed = new ArrayList<>();
    Pairing pairing =
        new Pairing(
            (edge, caller, called) -> completed.add(edge.client() + ">" + edge.server()),
            (called, parent, stamp) -> Edge.fromNobody(called),
            TIMEOUT,
            maxPending);
    Plain plain = new Plain(maxPending);
    long now = 1_000_000;
    for (int step = 0; step < 20_000; step++) {
      now += random.nextInt(random.nextInt(100) == 0 ? 500 : 3);
      pairing.advance(now);
      plain.advance(now);
      long trace = 1 + random.nextInt(400) + now / 2_000 * 400;
      long call = 1 + random.nextInt(4);
      boolean messaging = random.nextInt(5) == 0;
      String service = "s" + step;
      if (random.nextBoolean()) {
        String peer = random.nextBoolean() ? "peer" + step : "";
        // Two objects, as each of them may link its own list.
        pairing.caller(half(service, trace, call, messaging, peer), now);
        plain.caller(half(service, trace, call, messaging, peer), now);
      } else {
        pairing.called(call, half(service, trace, 1000 + step, messaging, ""), now);
        plain.called(call, half(service, trace, 1000 + step, messaging, ""), now);
      }
      assertThat(pairing.size()).isEqualTo(plain.entries.size());
    }
    pairing.advance(Long.MAX_VALUE);
    plain.advance(Long.MAX_VALUE);
    assertThat(completed).isEqualTo(plain.completed).hasSizeGreaterThan(5_000);
    assertThat(pairing.size()).isZero();
    assertThat(pairing.givenUpEarly() > 0).isEqualTo(maxPending < 1_000);
  }

  private static Half half(String service, long trace, long span, boolean messaging, String peer) {
    Span made = Otlp.span(trace, span, DeriveFixture.START).build();
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    request.addResourceSpansBuilder().addScopeSpansBuilder().addSpans(made);
    RowCursor rows =
        new RowCursor(ByteBuffer.wrap(request.build().toByteArray()), OtlpLimits.DEFAULT);
    SpanFacts facts = new SpanFacts(rows, new PeerAttributes());
    rows.next();
    facts.read();
    return messaging
        ? Half.message(service, facts, peer, "")
        : Half.request(service, facts, false, peer);
  }
}
