package dev.sextant.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.storage.Position;
import dev.sextant.storage.block.BlockSettings;
import dev.sextant.storage.otlp.Attributes;
import dev.sextant.storage.otlp.TraceId;
import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanField.Intrinsic;
import dev.sextant.trace.model.SpanRequest;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.trace.model.SpanValue;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random spans with every field and every type of value, lists and maps in each other and values
 * that are not set among them: columns against the decoded spans.
 */
class SpanColumnsOfPayloadsTest {
  private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");

  @TempDir Path root;
  private EmbeddedTraceStore store;
  private final Map<Long, Span> sent = new HashMap<>();
  private final Set<SpanField> fields = new HashSet<>();

  @BeforeEach
  void open() {
    BlockSettings blocks =
        BlockSettings.DEFAULT.withBlocks(64, 1 << 20, Duration.ofDays(1)).withoutBackground();
    store =
        EmbeddedTraceStore.open(
            root, TraceStoreSettings.DEFAULT.withBlocks(blocks), InstantSource.fixed(NOW));
    for (Intrinsic field : Intrinsic.values()) {
      if (!TraceFields.isOne(field)) {
        fields.add(field);
      }
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void apply(ExportTraceServiceRequest request) {
    List<Span> spans = ProtoSpans.of(request, sent.size());
    if (spans.isEmpty()) {
      return;
    }
    store.apply(
        new dev.sextant.trace.SpanBatch(
            "default", spans.size(), ByteBuffer.wrap(request.toByteArray())),
        new Position(sent.size(), NOW.toEpochMilli() + sent.size()));
    for (Span span : spans) {
      sent.put(span.spanId(), span);
      note(span.attributes(), SpanField.Scope.SPAN);
      note(span.resource().attributes(), SpanField.Scope.RESOURCE);
      note(span.scope().attributes(), SpanField.Scope.INSTRUMENTATION);
      span.events().forEach(event -> note(event.attributes(), SpanField.Scope.EVENT));
      span.links().forEach(link -> note(link.attributes(), SpanField.Scope.LINK));
    }
  }

  private void note(Attributes attributes, SpanField.Scope scope) {
    attributes.entries().forEach(entry -> fields.add(new SpanField.Attribute(scope, entry.key())));
  }

  @Test
  void columns_sayWhatSpansSay() {
    for (int seed = 0; seed < 200; seed++) {
      apply(new RandomTraces(seed).request());
      if (seed % 60 == 59) {
        store.commit();
        store.maintain();
      }
      if (seed % 20 == 19) {
        checkEverySpan();
      }
    }
  }

  @Test
  void attribute_ofAKeySentTwiceIsTheFirst() {
    ResourceSpans spans =
        SpanPayload.of(
            List.of(
                SpanPayload.attribute("service.name", "first"),
                SpanPayload.attribute("service.name", "second")),
            SpanPayload.span(1, 1, "a", 5)
                .addAttributes(SpanPayload.attribute("k", 1))
                .addAttributes(SpanPayload.attribute("k", "two")),
            SpanPayload.span(1, 2, "b", 5).addAttributes(SpanPayload.attribute("k", 1.5)));
    apply(ExportTraceServiceRequest.newBuilder().addResourceSpans(spans).build());
    checkEverySpan();
  }

  private void checkEverySpan() {
    List<Long> seen = new ArrayList<>();
    SpanSource.Inspected inspected =
        store
            .spans("default")
            .read(
                new SpanRequest(
                    SpanRequest.Unit.SPANS, 0, Long.MAX_VALUE, List.of(), fields, () -> {}),
                batch -> {
                  for (int row = 0; row < batch.rows(); row++) {
                    seen.add(batch.spanIds()[row]);
                    check(batch, row);
                  }
                  return true;
                });
    assertThat(seen).containsExactlyInAnyOrderElementsOf(sent.keySet());
    assertThat(inspected.spans()).isEqualTo(sent.size());
    assertThat(inspected.bytes()).isPositive();
    assertThat(inspected.blocks()).isEqualTo(inspected.totalBlocks());
  }

  private void check(SpanBatch batch, int row) {
    Span span = sent.get(batch.spanIds()[row]);
    for (SpanField field : fields) {
      List<SpanValue> values = new ArrayList<>();
      SpanColumn column = batch.column(field);
      if (column instanceof SpanColumn.Lists(int[] ends, SpanColumn all)) {
        for (int at = row == 0 ? 0 : ends[row - 1]; at < ends[row]; at++) {
          values.add(SpanColumn.value(all, at));
        }
      } else if (column != SpanColumn.ABSENT || !isList(field)) {
        values.add(SpanColumn.value(column, row));
      }
      assertThat(values).as("%s of %s", field, span).isEqualTo(expected(span, field));
    }
  }

  private static boolean isList(SpanField field) {
    return switch (field) {
      case SpanField.Attribute(SpanField.Scope scope, String key) ->
          scope == SpanField.Scope.EVENT || scope == SpanField.Scope.LINK;
      case Intrinsic intrinsic ->
          intrinsic.compareTo(Intrinsic.EVENT_NAME) >= 0
              && intrinsic.compareTo(Intrinsic.LINK_SPAN_ID) <= 0;
    };
  }

  private static List<SpanValue> expected(Span span, SpanField field) {
    return switch (field) {
      case SpanField.Attribute(SpanField.Scope scope, String key) ->
          switch (scope) {
            case SPAN -> one(value(span.attributes(), key));
            case RESOURCE -> one(value(span.resource().attributes(), key));
            case INSTRUMENTATION -> one(value(span.scope().attributes(), key));
            case EVENT -> each(span.events(), event -> value(event.attributes(), key));
            case LINK -> each(span.links(), link -> value(link.attributes(), key));
          };
      case Intrinsic intrinsic -> expected(span, intrinsic);
    };
  }

  private static List<SpanValue> expected(Span span, Intrinsic field) {
    return switch (field) {
      case NAME -> one(SpanValue.of(span.name()));
      case KIND -> one(SpanValue.of((long) span.kind().ordinal()));
      case STATUS -> one(SpanValue.of((long) span.status().ordinal()));
      case STATUS_MESSAGE -> one(sent(span.statusMessage()));
      case START -> one(SpanValue.of(span.startNanos()));
      case DURATION -> one(SpanValue.of(span.durationNanos()));
      case TRACE_ID -> one(SpanValue.of(span.traceId().toString()));
      case SPAN_ID -> one(hex(span.spanId()));
      case PARENT_ID -> one(span.parentSpanId() == 0 ? null : hex(span.parentSpanId()));
      case INSTRUMENTATION_NAME -> one(sent(span.scope().name()));
      case INSTRUMENTATION_VERSION -> one(sent(span.scope().version()));
      case EVENT_NAME -> each(span.events(), event -> SpanValue.of(event.name()));
      case EVENT_TIME_SINCE_START ->
          each(span.events(), event -> SpanValue.of(event.timeNanos() - span.startNanos()));
      case LINK_TRACE_ID -> each(span.links(), link -> SpanValue.of(link.traceId().toString()));
      case LINK_SPAN_ID -> each(span.links(), link -> hex(link.spanId()));
      default -> throw new IllegalArgumentException(field.name());
    };
  }

  private static SpanValue value(Attributes attributes, String key) {
    var value = attributes.get(key);
    return value == null ? null : SpanValues.of(value);
  }

  private static SpanValue sent(String text) {
    return text.isEmpty() ? null : SpanValue.of(text);
  }

  private static SpanValue hex(long id) {
    return SpanValue.of(new TraceId(0, id).toString().substring(16));
  }

  private static List<SpanValue> one(SpanValue value) {
    List<SpanValue> values = new ArrayList<>();
    values.add(value);
    return values;
  }

  private static <T> List<SpanValue> each(List<T> parts, Function<T, SpanValue> value) {
    List<SpanValue> values = new ArrayList<>();
    parts.forEach(part -> values.add(value.apply(part)));
    return values;
  }
}
