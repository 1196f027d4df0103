package dev.sextant.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.storage.Position;
import dev.sextant.storage.TimeRange;
import dev.sextant.storage.block.BlockSettings;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.TraceId;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random spans in blocks of every state, asked at random and compared with a plain walk over all of
 * them.
 */
class TraceSearchTest {
  private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");

  @TempDir Path root;
  private EmbeddedTraceStore store;
  private final List<Span> all = new ArrayList<>();

  @BeforeEach
  void fill() {
    BlockSettings blocks =
        BlockSettings.DEFAULT.withBlocks(16, 1 << 20, Duration.ofDays(1)).withoutBackground();
    store =
        EmbeddedTraceStore.open(
            root, TraceStoreSettings.DEFAULT.withBlocks(blocks), InstantSource.fixed(NOW));
    for (int seed = 0; seed < 60; seed++) {
      ExportTraceServiceRequest request = new RandomTraces(seed).request();
      List<Span> spans = ProtoSpans.of(request, all.size());
      if (spans.isEmpty()) {
        continue;
      }
      long day = NOW.plus(Duration.ofDays(seed / 25)).toEpochMilli();
      store.apply(
          new SpanBatch("default", spans.size(), ByteBuffer.wrap(request.toByteArray())),
          new Position(all.size(), day + seed));
      all.addAll(spans);
      if (seed % 20 == 19) {
        store.commit();
        store.maintain();
      }
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void byId_givesEveryFieldFromEveryBlock() {
    for (Span span : all) {
      Optional<Trace> trace = store.query(new TracePlan.ById("default", span.traceId()));
      assertThat(trace.orElseThrow().spans())
          .map(ProtoSpans::unnumbered)
          .containsExactly(ProtoSpans.unnumbered(span));
    }
  }

  @Test
  void search_findsWhatAPlainWalkFinds() {
    Random random = new Random(1);
    for (int i = 0; i < 60; i++) {
      SpanFilter filter = filter(random, 2);
      TimeRange range = range(random);
      List<TraceId> expected =
          all.stream()
              .filter(span -> range.contains(span.startNanos()) && PlainFilter.holds(filter, span))
              .sorted(
                  Comparator.comparingLong(Span::startNanos)
                      .thenComparingLong(Span::row)
                      .reversed())
              .map(Span::traceId)
              .distinct()
              .toList();
      List<TraceId> found = new ArrayList<>();
      String token = null;
      do {
        TracePage page = store.query(new TracePlan.Search("default", range, filter, 7, token));
        page.traces().forEach(trace -> found.add(trace.traceId()));
        assertThat(page.total()).isEqualTo(expected.size());
        assertThat(page.totalExact()).isTrue();
        token = page.nextPageToken();
      } while (token != null);
      assertThat(found).as("%s in %s", filter, range).isEqualTo(expected);
    }
  }

  @Test
  void fieldValues_areWhatAPlainWalkFinds() {
    Random random = new Random(2);
    List<SpanField> fields =
        List.of(
            SpanField.SERVICE,
            SpanField.NAME,
            SpanField.KIND,
            new SpanField(SpanField.Place.SPAN, "a1"),
            new SpanField(SpanField.Place.RESOURCE, "r1"),
            new SpanField(SpanField.Place.ANY, "r1"));
    for (int i = 0; i < 60; i++) {
      SpanField field = fields.get(random.nextInt(fields.size()));
      SpanFilter filter = random.nextBoolean() ? SpanFilter.ALL : filter(random, 1);
      TimeRange range = range(random);
      TreeSet<String> expected = new TreeSet<>();
      for (Span span : all) {
        if (range.contains(span.startNanos()) && PlainFilter.holds(filter, span)) {
          AttributeValue value = PlainFilter.value(field, span);
          if (value != null) {
            expected.add(value.asText());
          }
        }
      }
      assertThat(store.query(new TracePlan.FieldValues("default", range, filter, field, 5)))
          .isEqualTo(expected.stream().limit(5).toList());
    }
  }

  @Test
  void pageToken_ofAnotherSearchIsRefused() {
    TracePage page =
        store.query(new TracePlan.Search("default", TimeRange.ALL, SpanFilter.ALL, 3, null));
    SpanFilter other = new SpanFilter.Not(SpanFilter.ALL);
    assertThatThrownBy(
            () ->
                store.query(
                    new TracePlan.Search("default", TimeRange.ALL, other, 3, page.nextPageToken())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another search");
    assertThatThrownBy(
            () ->
                store.query(new TracePlan.Search("default", TimeRange.ALL, other, 3, "no token!")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a page token: 'no token!'");
  }

  @Test
  void moreTracesThanTheBound_areSaidToBeMore() {
    store.close();
    TraceStoreSettings few =
        TraceStoreSettings.DEFAULT
            .withBlocks(BlockSettings.DEFAULT.withoutBackground())
            .withTraces(10, 1000, 1000);
    store = EmbeddedTraceStore.open(root, few, InstantSource.fixed(NOW));
    TracePage page =
        store.query(new TracePlan.Search("default", TimeRange.ALL, SpanFilter.ALL, 5, null));
    assertThat(page.total()).isEqualTo(10);
    assertThat(page.totalExact()).isFalse();
    assertThat(page.traces()).hasSize(5);
  }

  @Test
  void sharedSpanIdOfClientAndServer_countsSelfTimeOnce() {
    List<SpanSketch> spans =
        List.of(
            new SpanSketch(0, 1, 0, Span.Kind.SERVER, false, 0, 100, "front", "get"),
            new SpanSketch(1, 2, 1, Span.Kind.CLIENT, false, 10, 60, "front", "call"),
            new SpanSketch(2, 2, 1, Span.Kind.SERVER, false, 20, 40, "back", "call"),
            new SpanSketch(3, 3, 2, Span.Kind.INTERNAL, false, 30, 10, "back", "work"));
    TraceSummary summary = TraceSummarizer.summarize(new TraceId(0, 1), spans);
    Map<String, Long> self = new LinkedHashMap<>();
    summary.services().forEach(part -> self.put(part.service(), part.selfNanos()));
    assertThat(self).containsExactly(Map.entry("front", 40L + 20L), Map.entry("back", 30L + 10L));
  }

  private static TimeRange range(Random random) {
    if (random.nextBoolean()) {
      return TimeRange.ALL;
    }
    long from = random.nextLong(1L << 60);
    return new TimeRange(from, from + random.nextLong(1L << 60));
  }

  private SpanFilter filter(Random random, int depth) {
    if (depth > 0 && random.nextBoolean()) {
      List<SpanFilter> parts = List.of(filter(random, depth - 1), filter(random, depth - 1));
      return switch (random.nextInt(3)) {
        case 0 -> new SpanFilter.And(parts);
        case 1 -> new SpanFilter.Or(parts);
        default -> new SpanFilter.Not(parts.getFirst());
      };
    }
    Span sample = all.get(random.nextInt(all.size()));
    SpanFilter.Op op = SpanFilter.Op.values()[random.nextInt(6)];
    Set<SpanField> fields =
        new LinkedHashSet<>(
            List.of(
                SpanField.SERVICE,
                SpanField.NAME,
                SpanField.KIND,
                SpanField.STATUS,
                SpanField.DURATION));
    sample
        .attributes()
        .entries()
        .forEach(e -> fields.add(new SpanField(SpanField.Place.SPAN, e.key())));
    sample
        .attributes()
        .entries()
        .forEach(e -> fields.add(new SpanField(SpanField.Place.ANY, e.key())));
    sample
        .resource()
        .attributes()
        .entries()
        .forEach(e -> fields.add(new SpanField(SpanField.Place.ANY, e.key())));
    SpanField field = new ArrayList<>(fields).get(random.nextInt(fields.size()));
    AttributeValue value = PlainFilter.value(field, sample);
    return new SpanFilter.Compare(field, op, isSimple(value) ? value : AttributeValue.of("x"));
  }

  /** Whether filters compare with such a value. */
  private static boolean isSimple(AttributeValue value) {
    return value instanceof AttributeValue.Text
        || value instanceof AttributeValue.Int
        || value instanceof AttributeValue.Decimal
        || value instanceof AttributeValue.Bool;
  }
}
