package dev.sextant.trace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every {@link SpanSource} promises. A subclass says how its source is filled. Random traces
 * are asked random questions; what comes is held against the same spans as objects.
 */
public abstract class SpanSourceContract {
  private static final long HOUR = 3_600_000_000_000L;
  private static final Runnable NO_CHECK = () -> {};

  /** A source over these spans; pieces arrive one after the other. */
  protected abstract SpanSource source(List<List<PlainSpan>> pieces);

  /** When the earliest traces start, nanoseconds since the epoch; the last an hour later. */
  protected long fromNanos() {
    return 1_780_000_000_000_000_000L;
  }

  /** How many traces each random landscape has. */
  protected int traces() {
    return 60;
  }

  static LongStream seeds() {
    return LongStream.range(0, Boolean.getBoolean("sextant.long") ? 200 : 8);
  }

  /** Random spans in a source, and as objects. */
  private final class Landscape {
    final Random random;
    final MemoryTraces plain;
    final SpanSource source;
    final Map<List<Long>, Integer> places = new HashMap<>();

    /**
     * @param changing as {@link RandomSpans} has it; by {@link SpanRequest.Unit#SPANS} what is sent
     *     again may come again, and must not say something else
     */
    Landscape(long seed, boolean changing) {
      random = new Random(seed);
      List<List<PlainSpan>> pieces =
          new RandomSpans(seed, fromNanos(), HOUR, changing).pieces(traces());
      plain = new MemoryTraces(pieces.stream().flatMap(List::stream).toList());
      source = source(pieces);
      for (int at = 0; at < plain.size(); at++) {
        places.put(key(plain.span(at)), at);
      }
    }

    private static List<Long> key(PlainSpan span) {
      return List.of(span.traceHigh(), span.traceLow(), span.spanId(), (long) span.kind());
    }

    /** The places in {@link #plain} of a batch's rows. */
    int[] places(SpanBatch batch) {
      int[] found = new int[batch.rows()];
      SpanColumn kinds = batch.column(SpanField.Intrinsic.KIND);
      for (int row = 0; row < found.length; row++) {
        long kind = ((SpanValue.Int) SpanColumn.value(kinds, row)).value();
        Integer place =
            places.get(
                List.of(batch.traceHigh()[row], batch.traceLow()[row], batch.spanIds()[row], kind));
        assertThat(place).as("a span that was put").isNotNull();
        found[row] = place;
      }
      return found;
    }

    /** The start or end of some span, or a time near the landscape. */
    long time() {
      PlainSpan span = plain.span(random.nextInt(plain.size()));
      return switch (random.nextInt(4)) {
        case 0 -> span.startNanos();
        case 1 -> span.startNanos() + span.durationNanos();
        default -> fromNanos() - HOUR / 4 + random.nextLong(HOUR * 3 / 2);
      };
    }

    SpanRequest request(SpanRequest.Unit unit, RandomConditions conditions) {
      long a = time();
      long b = time();
      List<SpanCondition> needs = new ArrayList<>();
      for (int i = random.nextInt(3); i > 0; i--) {
        needs.add(conditions.condition());
      }
      Set<SpanField> fields = new HashSet<>(conditions.fields());
      fields.add(SpanField.Intrinsic.KIND);
      boolean everything = random.nextInt(3) == 0;
      return new SpanRequest(
          unit,
          everything ? fromNanos() - HOUR : Math.min(a, b),
          everything ? fromNanos() + 3 * HOUR : Math.max(a, b),
          needs,
          fields,
          NO_CHECK);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void read_bySpansGivesEverySpanThatSatisfies(long seed) {
    Landscape landscape = new Landscape(seed, false);
    RandomConditions conditions = new RandomConditions(seed, false);
    for (int i = 0; i < 30; i++) {
      SpanRequest request = landscape.request(SpanRequest.Unit.SPANS, conditions);
      Set<Integer> given = new HashSet<>();
      SpanSource.Inspected inspected =
          landscape.source.read(
              request,
              batch -> {
                assertThat(batch.traces()).isZero();
                for (int place : landscape.places(batch)) {
                  given.add(place);
                  assertThat(landscape.plain.span(place).startNanos())
                      .isBetween(request.fromNanos(), request.toNanos());
                }
                checkColumns(landscape, request, batch);
                return true;
              });
      assertThat(given).as("%s", request).containsAll(satisfying(landscape.plain, request));
      assertThat(inspected.complete()).isTrue();
    }
  }

  private static List<Integer> satisfying(MemoryTraces plain, SpanRequest request) {
    List<Integer> wanted = new ArrayList<>();
    for (int at = 0; at < plain.size(); at++) {
      int place = at;
      long start = plain.span(at).startNanos();
      if (start >= request.fromNanos()
          && start <= request.toNanos()
          && request.needs().stream().allMatch(need -> plain.holds(place, need))) {
        wanted.add(at);
      }
    }
    return wanted;
  }

  private static void checkColumns(Landscape landscape, SpanRequest request, SpanBatch batch) {
    int[] places = landscape.places(batch);
    for (SpanField field : request.fields()) {
      SpanColumn column = batch.column(field);
      assertThat(batch.column(field)).as("decoded once").isSameAs(column);
      for (int row = 0; row < batch.rows(); row++) {
        List<SpanValue> wanted = landscape.plain.values(places[row], field);
        assertThat(values(column, row, PlainValues.isList(field)))
            .as("%s of %s", field, landscape.plain.span(places[row]))
            .isEqualTo(wanted);
      }
    }
  }

  private static List<SpanValue> values(SpanColumn column, int row, boolean list) {
    List<SpanValue> values = new ArrayList<>();
    if (column instanceof SpanColumn.Lists(int[] ends, SpanColumn all)) {
      assertThat(list).isTrue();
      for (int at = row == 0 ? 0 : ends[row - 1]; at < ends[row]; at++) {
        values.add(SpanColumn.value(all, at));
      }
    } else if (!list) {
      values.add(SpanColumn.value(column, row));
    } else {
      assertThat(column).isEqualTo(SpanColumn.ABSENT);
    }
    return values;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void read_byTracesGivesEveryTraceThatSatisfiesWhole(long seed) {
    Landscape landscape = new Landscape(seed, true);
    RandomConditions conditions = new RandomConditions(seed, true);
    for (int i = 0; i < 30; i++) {
      SpanRequest request = landscape.request(SpanRequest.Unit.TRACES, conditions);
      Set<Integer> given = new HashSet<>();
      List<Long> bounds = new ArrayList<>();
      landscape.source.read(
          request,
          batch -> {
            checkTraces(landscape, batch, given, bounds);
            checkColumns(landscape, request, batch);
            bounds.add(batch.laterStartNanos());
            return true;
          });
      TraceStructure structure = landscape.plain.structure();
      for (int trace = 0; trace < structure.traces(); trace++) {
        long start = structure.startNanos(trace);
        long end = start + structure.durationNanos(trace);
        boolean overlaps = start <= request.toNanos() && end >= request.fromNanos();
        if (given.contains(trace)) {
          assertThat(overlaps).as("in range").isTrue();
        } else {
          assertThat(overlaps && satisfies(landscape.plain, trace, request))
              .as("%s needs trace %s", request, landscape.plain.span(structure.traceFrom(trace)))
              .isFalse();
        }
      }
    }
  }

  private static boolean satisfies(MemoryTraces plain, int trace, SpanRequest request) {
    for (SpanCondition need : request.needs()) {
      boolean some = false;
      for (int at = plain.structure().traceFrom(trace);
          at < plain.structure().traceFrom(trace + 1);
          at++) {
        some |= plain.holds(at, need);
      }
      if (!some) {
        return false;
      }
    }
    return true;
  }

  /** Each trace whole, once, in order, with its parents, and not later than was promised. */
  private static void checkTraces(
      Landscape landscape, SpanBatch batch, Set<Integer> given, List<Long> bounds) {
    TraceStructure structure = landscape.plain.structure();
    int[] places = landscape.places(batch);
    assertThat(batch.traceFrom(batch.traces())).isEqualTo(batch.rows());
    for (int t = 0; t < batch.traces(); t++) {
      int from = batch.traceFrom(t);
      int trace = 0;
      while (structure.traceFrom(trace + 1) <= places[from]) {
        trace++;
      }
      assertThat(given.add(trace)).as("given once").isTrue();
      int first = structure.traceFrom(trace);
      assertThat(batch.traceFrom(t + 1) - from)
          .as("spans of a whole trace")
          .isEqualTo(structure.traceFrom(trace + 1) - first);
      for (int row = from; row < batch.traceFrom(t + 1); row++) {
        assertThat(places[row]).as("in order").isEqualTo(first + row - from);
        int parent = structure.parents()[places[row]];
        assertThat(batch.parents()[row]).isEqualTo(parent < 0 ? parent : parent - first + from);
      }
      for (long bound : bounds) {
        assertThat(structure.startNanos(trace)).isLessThanOrEqualTo(bound);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void attributes_areThoseOfSpansInTheRange(long seed) {
    Landscape landscape = new Landscape(seed, false);
    for (int i = 0; i < 10; i++) {
      long a = landscape.time();
      long b = landscape.time();
      Set<SpanField.Scope> scopes = EnumSet.noneOf(SpanField.Scope.class);
      for (SpanField.Scope scope : SpanField.Scope.values()) {
        if (landscape.random.nextInt(3) > 0) {
          scopes.add(scope);
        }
      }
      List<SpanField.Attribute> found =
          landscape.source.attributes(Math.min(a, b), Math.max(a, b), scopes, 1000, NO_CHECK);
      Set<SpanField.Attribute> wanted = new HashSet<>();
      Set<SpanField.Attribute> known = new HashSet<>();
      for (int at = 0; at < landscape.plain.size(); at++) {
        PlainSpan span = landscape.plain.span(at);
        for (SpanField.Scope scope : scopes) {
          PlainValues.attributes(span, scope, known);
          if (span.startNanos() >= Math.min(a, b) && span.startNanos() <= Math.max(a, b)) {
            PlainValues.attributes(span, scope, wanted);
          }
        }
      }
      assertThat(found).containsAll(wanted).doesNotHaveDuplicates();
      assertThat(wanted.isEmpty() || known.containsAll(found)).isTrue();
      assertThat(found).isSortedAccordingTo(MemorySpanSource.BY_SCOPE_AND_KEY);
      assertThat(landscape.source.attributes(Math.min(a, b), Math.max(a, b), scopes, 2, NO_CHECK))
          .hasSize(Math.min(2, found.size()));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void values_areThoseOfSpansThatSatisfy(long seed) {
    Landscape landscape = new Landscape(seed, false);
    RandomConditions conditions = new RandomConditions(seed, false);
    SpanSource plain =
        new MemorySpanSource(
            IntStream.range(0, landscape.plain.size()).mapToObj(landscape.plain::span).toList());
    for (int i = 0; i < 30; i++) {
      long a = landscape.time();
      long b = landscape.time();
      SpanField field =
          switch (i) {
            case 0 -> SpanField.Intrinsic.ROOT_NAME;
            case 1 -> SpanField.Intrinsic.ROOT_SERVICE;
            default -> conditions.field();
          };
      SpanCondition condition = i % 2 == 0 ? SpanCondition.ALL : conditions.condition();
      long from = Math.min(a, b);
      long to = Math.max(a, b);
      List<SpanValue> found = landscape.source.values(field, from, to, condition, 9999, NO_CHECK);
      assertThat(found)
          .as("%s where %s", field, condition)
          .isEqualTo(plain.values(field, from, to, condition, 9999, NO_CHECK));
      List<SpanValue> few = landscape.source.values(field, from, to, condition, 3, NO_CHECK);
      assertThat(few).hasSize(Math.min(3, found.size()));
      assertThat(found).containsSubsequence(few);
    }
  }

  @Test
  void values_keepsTheMostFrequent() {
    List<PlainSpan> spans = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      long often = i % 4;
      spans.add(
          PlainSpan.builder(1, 100 + i)
              .time(fromNanos() + i, 1)
              .service("s")
              .attribute("n", SpanValue.of(often == 0 ? 1000L + i : 90 + often))
              .build());
    }
    assertThat(
            source(List.of(spans))
                .values(
                    SpanField.span("n"),
                    fromNanos(),
                    fromNanos() + HOUR,
                    SpanCondition.ALL,
                    3,
                    NO_CHECK))
        .containsExactly(SpanValue.of(91L), SpanValue.of(92L), SpanValue.of(93L));
  }

  @Test
  void read_endsWhenTheSinkHasEnough() {
    Landscape landscape = new Landscape(1, false);
    for (SpanRequest.Unit unit : SpanRequest.Unit.values()) {
      int[] batches = new int[1];
      landscape.source.read(everything(unit, NO_CHECK), batch -> ++batches[0] < 1);
      assertThat(batches[0]).isEqualTo(1);
    }
  }

  @Test
  void read_leavesWhatTheCheckpointThrowsAsItIs() {
    Landscape landscape = new Landscape(1, false);
    RuntimeException calledOff = new IllegalStateException("called off");
    for (SpanRequest.Unit unit : SpanRequest.Unit.values()) {
      SpanRequest request =
          everything(
              unit,
              () -> {
                throw calledOff;
              });
      assertThatThrownBy(() -> landscape.source.read(request, batch -> true)).isSameAs(calledOff);
    }
  }

  private SpanRequest everything(SpanRequest.Unit unit, Runnable checkpoint) {
    return new SpanRequest(
        unit, fromNanos() - HOUR, fromNanos() + 3 * HOUR, List.of(), Set.of(), checkpoint);
  }

  @Test
  void read_aDeepTraceInPieces() {
    List<PlainSpan> spans = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      spans.add(
          PlainSpan.builder(7, i + 1)
              .parent(i)
              .service("s" + i % 7)
              .time(fromNanos() + (long) i * 1000, 5)
              .build());
    }
    List<List<PlainSpan>> pieces = List.of(spans.subList(1500, 3000), spans.subList(0, 1500));
    int[] batches = new int[1];
    source(pieces)
        .read(
            everything(SpanRequest.Unit.TRACES, NO_CHECK),
            batch -> {
              assertThat(batch.rows()).isEqualTo(3000);
              batches[0]++;
              for (int row = 0; row < 3000; row++) {
                assertThat(batch.spanIds()[row]).isEqualTo(row + 1);
                assertThat(batch.parents()[row]).isEqualTo(row - 1);
              }
              return true;
            });
    assertThat(batches[0]).isEqualTo(1);
  }

  @Test
  void read_nothingOfNothing() {
    SpanSource source = source(List.of());
    for (SpanRequest.Unit unit : SpanRequest.Unit.values()) {
      source.read(
          everything(unit, NO_CHECK),
          batch -> {
            assertThat(batch.rows()).isZero();
            return true;
          });
    }
    assertThat(
            source.attributes(
                0, Long.MAX_VALUE, EnumSet.allOf(SpanField.Scope.class), 10, NO_CHECK))
        .isEmpty();
    assertThat(source.values(SpanField.SERVICE, 0, Long.MAX_VALUE, SpanCondition.ALL, 10, NO_CHECK))
        .isEmpty();
  }
}
