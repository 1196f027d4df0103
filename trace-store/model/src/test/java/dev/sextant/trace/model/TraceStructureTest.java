package dev.sextant.trace.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TraceStructureTest {
  private static final int SERVER = TraceRows.SERVER;
  private static final int CLIENT = TraceRows.CLIENT;

  /** One row, written as a test likes to. */
  private record Row(long trace, long id, long parent, long start, long duration, int kind) {
    Row(long id, long parent, long start) {
      this(1, id, parent, start, 1, 0);
    }
  }

  private static TraceStructure structure(List<Row> rows) {
    byte[] kinds = new byte[rows.size()];
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = (byte) rows.get(i).kind();
    }
    long[] high = new long[rows.size()];
    return TraceStructure.of(
        new TraceRows(
            rows.size(),
            high,
            rows.stream().mapToLong(Row::trace).toArray(),
            rows.stream().mapToLong(Row::id).toArray(),
            rows.stream().mapToLong(Row::parent).toArray(),
            rows.stream().mapToLong(Row::start).toArray(),
            rows.stream().mapToLong(Row::duration).toArray(),
            kinds));
  }

  @Test
  void spansStandByStartAndParentsBeforeChildrenOfTheSameTime() {
    TraceStructure found =
        structure(List.of(new Row(4, 3, 5), new Row(3, 9, 5), new Row(9, 0, 5), new Row(8, 9, 4)));
    assertThat(found.order()).containsExactly(3, 2, 1, 0);
    assertThat(found.parents()).containsExactly(1, SpanBatch.ROOT, 1, 2);
    assertThat(found.root(0)).isEqualTo(1);
    NestedSets sets = found.nestedSets();
    assertThat(sets.left()).containsExactly(2, 1, 4, 5);
    assertThat(sets.right()).containsExactly(3, 8, 7, 6);
    assertThat(sets.parent()).containsExactly(1, -1, 1, 4);
    assertThat(sets.children()).containsExactly(0, 2, 1, 0);
  }

  @Test
  void aBrokenChainHasNoNumbers() {
    TraceStructure found =
        structure(List.of(new Row(1, 77, 1), new Row(2, 1, 2), new Row(3, 0, 3), new Row(4, 0, 4)));
    assertThat(found.parents())
        .containsExactly(SpanBatch.MISSING, 0, SpanBatch.ROOT, SpanBatch.ROOT);
    assertThat(found.nestedSets().left()).containsExactly(0, 0, 1, 3);
    assertThat(found.nestedSets().right()).containsExactly(0, 0, 2, 4);
    assertThat(found.nestedSets().parent()).containsExactly(0, 0, -1, -1);
    assertThat(found.nestedSets().children()).containsExactly(1, 0, 0, 0);
    assertThat(found.root(0)).isEqualTo(2);
  }

  @Test
  void ringsAreCut() {
    TraceStructure found =
        structure(
            List.of(
                new Row(1, 3, 1),
                new Row(2, 1, 2),
                new Row(3, 2, 3),
                new Row(4, 3, 4),
                new Row(5, 5, 5)));
    assertThat(found.parents())
        .containsExactly(
            SpanBatch.MISSING, SpanBatch.MISSING, SpanBatch.MISSING, 2, SpanBatch.MISSING);
    assertThat(found.root(0)).isEqualTo(-1);
  }

  @Test
  void aServerHangsFromTheClientWithItsId() {
    TraceStructure found =
        structure(
            List.of(
                new Row(1, 2, 7, 4, 1, SERVER),
                new Row(1, 2, 7, 3, 9, CLIENT),
                new Row(1, 3, 2, 5, 1, 0),
                new Row(1, 7, 0, 1, 1, 0)));
    assertThat(found.order()).containsExactly(3, 1, 0, 2);
    assertThat(found.parents()).containsExactly(SpanBatch.ROOT, 0, 1, 2);
    assertThat(found.durationNanos(0)).isEqualTo(11);
  }

  @Test
  void theFirstOfSpansSentAgainStandsForAll() {
    TraceStructure found =
        structure(
            List.of(
                new Row(1, 2, 0, 9, 1, 1), new Row(1, 2, 0, 3, 1, 1), new Row(1, 2, 0, 4, 1, 5)));
    assertThat(found.order()).containsExactly(2, 0);
  }

  @Test
  void tracesStandNewestFirstAndCanBeSelected() {
    TraceStructure found =
        structure(
            List.of(
                new Row(5, 1, 0, 10, 1, 0),
                new Row(4, 1, 0, 20, 1, 0),
                new Row(4, 2, 1, 21, 5, 0),
                new Row(-3, 1, 0, 10, 1, 0)));
    assertThat(found.order()).containsExactly(1, 2, 0, 3);
    assertThat(IntStream.rangeClosed(0, 3).map(found::traceFrom)).containsExactly(0, 2, 3, 4);
    assertThat(found.startNanos(0)).isEqualTo(20);
    assertThat(found.durationNanos(0)).isEqualTo(6);
    TraceStructure some = found.select(new int[] {2, 0});
    assertThat(some.order()).containsExactly(3, 1, 2);
    assertThat(some.parents()).containsExactly(SpanBatch.ROOT, SpanBatch.ROOT, 1);
    assertThat(some.traces()).isEqualTo(2);
  }

  @Test
  void timesBeyondWhatALongHoldsAreCutOff() {
    TraceStructure found =
        structure(List.of(new Row(1, 1, 0, 5, Long.MAX_VALUE, 0), new Row(1, 2, 1, -9, -4, 0)));
    assertThat(found.startNanos(0)).isEqualTo(-9);
    assertThat(found.durationNanos(0)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void nestedSets_tellDescendantsAsWalkingUpDoes() {
    for (long seed = 0; seed < 300; seed++) {
      List<PlainSpan> spans = new RandomSpans(seed, 0, 1_000_000_000L, true).spans(3);
      TraceStructure found = new MemoryTraces(spans).structure();
      NestedSets sets = found.nestedSets();
      for (int trace = 0; trace < found.traces(); trace++) {
        for (int a = found.traceFrom(trace); a < found.traceFrom(trace + 1); a++) {
          int children = 0;
          for (int b = found.traceFrom(trace); b < found.traceFrom(trace + 1); b++) {
            int above = found.parents()[b];
            children += above == a ? 1 : 0;
            while (above >= 0 && above != a) {
              above = found.parents()[above];
            }
            boolean within = sets.left()[b] > sets.left()[a] && sets.right()[b] < sets.right()[a];
            if (sets.left()[a] > 0 && sets.left()[b] > 0) {
              assertThat(within).isEqualTo(above == a);
            }
            if (found.parents()[b] == a) {
              assertThat(sets.parent()[b]).isEqualTo(sets.left()[a]);
            }
          }
          assertThat(sets.children()[a]).isEqualTo(children);
        }
      }
    }
  }

  @Test
  void parents_areThoseThatNaiveSearchFinds() {
    for (long seed = 0; seed < 300; seed++) {
      List<PlainSpan> spans = new RandomSpans(seed, 0, 1_000_000_000L, false).spans(4);
      MemoryTraces traces = new MemoryTraces(spans);
      Map<Integer, Integer> parents = new HashMap<>();
      for (int at = 0; at < traces.size(); at++) {
        parents.put(at, naiveParent(traces, at));
      }
      for (int at = 0; at < traces.size(); at++) {
        int wanted = isInRing(at, parents) ? SpanBatch.MISSING : parents.get(at);
        assertThat(traces.structure().parents()[at]).isEqualTo(wanted);
      }
    }
  }

  private static int naiveParent(MemoryTraces traces, int at) {
    PlainSpan span = traces.span(at);
    if (span.kind() == SERVER) {
      for (int i : sameId(traces, span, span.spanId())) {
        if (traces.span(i).kind() == CLIENT) {
          return i;
        }
      }
    }
    if (span.parentId() == 0) {
      return SpanBatch.ROOT;
    }
    List<Integer> owners = sameId(traces, span, span.parentId());
    for (int i : owners) {
      if (traces.span(i).kind() == SERVER) {
        return i;
      }
    }
    return owners.stream()
        .min(
            (a, b) -> {
              PlainSpan x = traces.span(a);
              PlainSpan y = traces.span(b);
              int byStart = Long.compare(x.startNanos(), y.startNanos());
              return byStart != 0 ? byStart : Integer.compare(x.kind(), y.kind());
            })
        .orElse(SpanBatch.MISSING);
  }

  private static List<Integer> sameId(MemoryTraces traces, PlainSpan of, long id) {
    return IntStream.range(0, traces.size())
        .filter(
            i ->
                traces.span(i).spanId() == id
                    && traces.span(i).traceLow() == of.traceLow()
                    && traces.span(i).traceHigh() == of.traceHigh())
        .boxed()
        .toList();
  }

  private static boolean isInRing(int at, Map<Integer, Integer> parents) {
    int above = parents.get(at);
    for (int i = 0; above >= 0 && i < parents.size(); i++) {
      if (above == at) {
        return true;
      }
      above = parents.get(above);
    }
    return false;
  }

  @Test
  void aMillionSpansInOneTrace_andADeepChain() {
    List<Row> rows = new ArrayList<>();
    Random random = new Random(3);
    for (int i = 1; i <= 1_000_000; i++) {
      long parent = i == 1 ? 0 : i <= 100_000 ? i - 1 : 1 + random.nextInt(i - 1);
      rows.add(new Row(i, parent, i <= 100_000 ? 7 : i));
    }
    Collections.shuffle(rows, random);
    TraceStructure found = structure(rows);
    assertThat(found.rows()).isEqualTo(1_000_000);
    NestedSets sets = found.nestedSets();
    assertThat(sets.right()[0]).isEqualTo(2_000_000);
    assertThat(sets.left()[99_999]).isGreaterThan(sets.left()[99_998]);
    assertThat(found.parents()[99_999]).isEqualTo(99_998);
  }
}
