package dev.sextant.trace;

import static dev.sextant.trace.SpanPayload.attribute;
import static dev.sextant.trace.SpanPayload.span;
import static dev.sextant.trace.SpanPayload.spanId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.storage.Position;
import dev.sextant.storage.block.BlockSettings;
import dev.sextant.testing.golden.GoldenDirectory;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Span stores that earlier programs wrote: {@code sent/ROW-STAMP.binpb} are the requests that one
 * holds, as OTLP. It has a sealed partition with runs and one with blocks in order of arrival.
 */
class SpanGoldenTest {
  private static final String KIND = "spans";
  private static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");
  private static final long T0 = NOON.toEpochMilli() * 1_000_000;

  private static final long TEN_MINUTES = Duration.ofMinutes(10).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();

  @TempDir Path temporary;
  private long millis = NOON.toEpochMilli();
  private long rows;

  static List<GoldenDirectory> all() {
    return GoldenDirectory.all(KIND);
  }

  private EmbeddedTraceStore open(Path directory) {
    BlockSettings blocks =
        BlockSettings.DEFAULT
            .withBlocks(40, 1 << 20, Duration.ofDays(1))
            .withRunRows(60)
            .withoutBackground();
    return EmbeddedTraceStore.open(
        directory,
        TraceStoreSettings.DEFAULT.withBlocks(blocks),
        () -> Instant.ofEpochMilli(millis));
  }

  private static List<Span> spans(ExportTraceServiceRequest request) {
    return ProtoSpans.of(request, 0).stream().map(ProtoSpans::unnumbered).toList();
  }

  /** Spans of every shape, and a trace of a client, two servers and what they did. */
  private static ExportTraceServiceRequest request(int number) {
    ExportTraceServiceRequest.Builder request =
        new RandomTraces(2L * number)
            .request().toBuilder()
                .addAllResourceSpans(
                    new RandomTraces(2L * number + 1).request().getResourceSpansList());
    long at = T0 + number * 1_000_000_000L;
    request.addResourceSpans(
        SpanPayload.of(
            "front-" + number % 2,
            span(1_000 + number, 1, "GET /orders", at).addAttributes(attribute("n", number)),
            span(1_000 + number, 2, "call", at + 5)
                .setParentSpanId(spanId(1))
                .setKind(SpanKind.SPAN_KIND_CLIENT)));
    request.addResourceSpans(
        SpanPayload.of(
            "orders",
            span(1_000 + number, 2, "call", at + 7).setParentSpanId(spanId(1)),
            span(1_000 + number, 3, "select", at + 8).setParentSpanId(spanId(2))));
    return request.build();
  }

  private void write(Path golden) throws IOException {
    Files.createDirectories(golden.resolve("sent"));
    try (EmbeddedTraceStore store = open(golden.resolve("data"))) {
      for (int i = 0; i < 12; i++) {
        millis += i == 5 ? TEN_MINUTES : i == 9 ? DAY : 0;
        apply(golden, store, request(i));
        if (i == 5 || i == 9) {
          seal(store);
        }
      }
      store.commit();
    }
  }

  /** Seals what arrived long before the last batch. */
  private static void seal(EmbeddedTraceStore store) {
    store.commit();
    store.maintain();
    store.commit();
  }

  private void apply(Path golden, EmbeddedTraceStore store, ExportTraceServiceRequest request)
      throws IOException {
    Path file = golden.resolve("sent/%04d-%d.binpb".formatted(rows, millis));
    Files.write(file, request.toByteArray());
    int count = spans(request).size();
    store.apply(
        new SpanBatch("default", count, ByteBuffer.wrap(request.toByteArray())),
        new Position(rows, millis));
    rows += count;
  }

  private static List<Span> sent(GoldenDirectory golden) throws IOException {
    List<Span> spans = new ArrayList<>();
    for (Path file : golden.files("sent")) {
      spans.addAll(spans(ExportTraceServiceRequest.parseFrom(Files.readAllBytes(file))));
    }
    return spans;
  }

  @Test
  void formatOfToday_hasADirectory() throws Exception {
    GoldenDirectory fresh = freshlyWritten();
    String format = format(fresh.data()) + "-runs-" + RunIndex.VERSION;

    assertThat(sent(GoldenDirectory.of(KIND, format, this::write))).hasSizeGreaterThan(80);
  }

  private GoldenDirectory freshlyWritten() throws IOException {
    Path fresh = Files.createDirectories(temporary.resolve("fresh"));
    write(fresh);
    millis = NOON.toEpochMilli();
    rows = 0;
    return new GoldenDirectory(fresh);
  }

  /** The version that the partitions' commits carry. */
  private static String format(Path data) throws IOException {
    try (FSDirectory partition = FSDirectory.open(data.resolve("20260115"))) {
      return "blocks-" + SegmentInfos.readLatestCommit(partition).getUserData().get("format");
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void everySpan_isReadFromItsBlock(GoldenDirectory golden) throws IOException {
    try (EmbeddedTraceStore store = open(golden.dataCopiedTo(temporary.resolve("copy")));
        SpanSnapshot snapshot = store.snapshot("default")) {
      assertThat(snapshot.runs()).as("runs").hasSizeGreaterThan(1);
      List<Span> hot = decoded(snapshot.hot());
      List<Span> read = new ArrayList<>(hot);
      for (SpanRun run : snapshot.runs()) {
        read.addAll(decoded(run.blocks(Long.MIN_VALUE, Long.MAX_VALUE)));
      }

      assertThat(hot).as("spans in order of arrival").isNotEmpty();
      assertThat(read).containsExactlyInAnyOrderElementsOf(sent(golden));
    }
  }

  private static List<Span> decoded(List<SpanBlockRef> blocks) {
    List<Span> spans = new ArrayList<>();
    for (SpanBlockRef ref : blocks) {
      SpanBlock block = ref.open();
      for (int row = 0; row < block.rows(); row++) {
        spans.add(ProtoSpans.unnumbered(block.decode(row)));
      }
    }
    return spans;
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyTrace_isFoundById_alsoAfterMoreCame(GoldenDirectory golden) throws IOException {
    List<Span> sent = sent(golden);
    Path copy = golden.dataCopiedTo(temporary.resolve("copy"));
    millis = NOON.plus(Duration.ofDays(1)).plus(Duration.ofHours(1)).toEpochMilli();
    try (EmbeddedTraceStore store = open(copy)) {
      check(store, sent);
      rows = store.appliedUpTo();
      assertThat(rows).isEqualTo(sent.size());
      ExportTraceServiceRequest more = request(12);
      Files.createDirectories(temporary.resolve("sent"));
      apply(temporary, store, more);
      seal(store);
      sent.addAll(spans(more));
      check(store, sent);
    }
    try (EmbeddedTraceStore store = open(copy)) {
      check(store, sent);
    }
  }

  private static void check(EmbeddedTraceStore store, List<Span> sent) {
    sent.stream()
        .collect(Collectors.groupingBy(Span::traceId))
        .forEach(
            (trace, spans) ->
                assertThat(store.query(new TracePlan.ById("default", trace)))
                    .hasValueSatisfying(
                        found ->
                            assertThat(found.spans().stream().map(ProtoSpans::unnumbered))
                                .containsExactlyInAnyOrderElementsOf(spans)));
  }
}
