package dev.sextant.trace;

import static dev.sextant.trace.SpanPayload.attribute;
import static dev.sextant.trace.SpanPayload.batch;
import static dev.sextant.trace.SpanPayload.of;
import static dev.sextant.trace.SpanPayload.span;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.Attributes;
import dev.sextant.storage.otlp.Resource;
import dev.sextant.storage.otlp.Scope;
import dev.sextant.storage.otlp.TraceId;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanValue;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Status;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Promises about what is kept: found once applied, whole, once, by tenant, over replay, close and
 * crash.
 */
abstract class TraceKeepingContract extends TraceStoreFixture {
  @Test
  void apply_makesSpansFoundWhenItReturns() {
    for (int i = 1; i <= 5; i++) {
      apply(of("shop", span(i, 1, "GET /", T0 + i * SECOND)));
      assertThat(spans(i)).hasSize(1);
      assertThat(found(SpanCondition.ALL)).hasSize(i);
    }
  }

  @Test
  void byId_unknownTraceIsEmpty() {
    apply(of("shop", span(1, 1, "GET /", T0)));
    assertThat(store.query(new TracePlan.ById(TENANT, new TraceId(7, 1)))).isEmpty();
  }

  @Test
  void byId_gathersSpansOfAllBatchesByStart() {
    apply(of("shop", span(1, 1, "root", T0)), of("db", span(1, 3, "late", T0 + 20)));
    apply(of("shop", span(2, 9, "other", T0)));
    apply(of("stock", span(1, 2, "middle", T0 + 10)));
    assertThat(spans(1)).extracting(Span::name).containsExactly("root", "middle", "late");
    assertThat(spans(1)).extracting(Span::row).containsExactly(0L, 3L, 1L);
    assertThat(spans(1)).extracting(Span::service).containsExactly("shop", "stock", "db");
  }

  @Test
  void everyFieldSurvives() {
    List<KeyValue> values = everyType();
    ResourceSpans sent =
        ResourceSpans.newBuilder()
            .setResource(
                io.opentelemetry.proto.resource.v1.Resource.newBuilder()
                    .addAttributes(attribute("service.name", "shop"))
                    .addAllAttributes(values)
                    .setDroppedAttributesCount(3))
            .setSchemaUrl("https://schema/resource")
            .addScopeSpans(
                ScopeSpans.newBuilder()
                    .setScope(
                        InstrumentationScope.newBuilder()
                            .setName("lib")
                            .setVersion("1.2")
                            .addAllAttributes(values)
                            .setDroppedAttributesCount(4))
                    .setSchemaUrl("https://schema/scope")
                    .addSpans(everyField(values)))
            .build();
    apply(of("other", span(9, 9, "other", T0)), sent);

    Attributes attributes = everyTypeRead();
    List<Attributes.Entry> ofResource = new java.util.ArrayList<>(attributes.entries());
    ofResource.addFirst(new Attributes.Entry("service.name", AttributeValue.of("shop")));
    assertThat(spans(0x1122))
        .map(ProtoSpans::unnumbered)
        .containsExactly(
            new Span(
                new TraceId(0, 0x1122),
                0x8899aabbccddeeffL,
                0x0102030405060708L,
                "GET /basket/{id} ü€😀",
                Span.Kind.CONSUMER,
                T0 + 123_456_789,
                T0 + 987_654_321,
                Span.Status.ERROR,
                "it broke",
                attributes,
                5,
                List.of(
                    new Span.Event(T0 + 200_000_001, "exception", attributes, 6),
                    new Span.Event(T0 + 200_000_002, "", Attributes.EMPTY, 0)),
                7,
                List.of(
                    new Span.Link(
                        new TraceId(0x0102030405060708L, 0x090a0b0c0d0e0f10L),
                        0x1112131415161718L,
                        "a=b",
                        attributes,
                        8,
                        0x301)),
                9,
                "vendor=state",
                0x101,
                new Resource(new Attributes(ofResource), 3, "https://schema/resource"),
                new Scope("lib", "1.2", attributes, 4, "https://schema/scope"),
                0));
  }

  private static io.opentelemetry.proto.trace.v1.Span.Builder everyField(List<KeyValue> values) {
    return span(0x1122, 0x8899aabbccddeeffL, "GET /basket/{id} ü€😀", T0 + 123_456_789)
        .setParentSpanId(SpanPayload.spanId(0x0102030405060708L))
        .setKind(io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_CONSUMER)
        .setEndTimeUnixNano(T0 + 987_654_321)
        .setStatus(
            Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR).setMessage("it broke"))
        .addAllAttributes(values)
        .setDroppedAttributesCount(5)
        .addEvents(
            io.opentelemetry.proto.trace.v1.Span.Event.newBuilder()
                .setTimeUnixNano(T0 + 200_000_001)
                .setName("exception")
                .addAllAttributes(values)
                .setDroppedAttributesCount(6))
        .addEvents(
            io.opentelemetry.proto.trace.v1.Span.Event.newBuilder()
                .setTimeUnixNano(T0 + 200_000_002))
        .setDroppedEventsCount(7)
        .addLinks(
            io.opentelemetry.proto.trace.v1.Span.Link.newBuilder()
                .setTraceId(ByteString.fromHex("0102030405060708090a0b0c0d0e0f10"))
                .setSpanId(SpanPayload.spanId(0x1112131415161718L))
                .setTraceState("a=b")
                .addAllAttributes(values)
                .setDroppedAttributesCount(8)
                .setFlags(0x301))
        .setDroppedLinksCount(9)
        .setTraceState("vendor=state")
        .setFlags(0x101);
  }

  private static List<KeyValue> everyType() {
    AnyValue nested =
        AnyValue.newBuilder()
            .setKvlistValue(
                KeyValueList.newBuilder().addValues(attribute("k", 1)).addValues(attribute("k", 2)))
            .build();
    return List.of(
        attribute("text", "häß\n\"quoted\" \u0001"),
        attribute("empty text", ""),
        attribute("yes", true),
        attribute("no", false),
        attribute("least", Long.MIN_VALUE),
        attribute("zero", 0),
        attribute("decimal", 0.1),
        attribute("infinite", Double.NEGATIVE_INFINITY),
        attribute(
            "bytes", AnyValue.newBuilder().setBytesValue(ByteString.fromHex("00ff10")).build()),
        attribute(
            "list",
            AnyValue.newBuilder()
                .setArrayValue(
                    ArrayValue.newBuilder()
                        .addValues(AnyValue.newBuilder().setStringValue("a"))
                        .addValues(AnyValue.newBuilder().setIntValue(1))
                        .addValues(nested))
                .build()),
        attribute("map", nested),
        attribute("unset", AnyValue.getDefaultInstance()),
        attribute("twice", "first"),
        attribute("twice", "second"));
  }

  private static Attributes everyTypeRead() {
    AttributeValue nested =
        new AttributeValue.KeyValues(
            new Attributes(
                List.of(
                    new Attributes.Entry("k", AttributeValue.of(1)),
                    new Attributes.Entry("k", AttributeValue.of(2)))));
    return new Attributes(
        List.of(
            new Attributes.Entry("text", AttributeValue.of("häß\n\"quoted\" \u0001")),
            new Attributes.Entry("empty text", AttributeValue.of("")),
            new Attributes.Entry("yes", AttributeValue.of(true)),
            new Attributes.Entry("no", AttributeValue.of(false)),
            new Attributes.Entry("least", AttributeValue.of(Long.MIN_VALUE)),
            new Attributes.Entry("zero", AttributeValue.of(0)),
            new Attributes.Entry("decimal", AttributeValue.of(0.1)),
            new Attributes.Entry("infinite", AttributeValue.of(Double.NEGATIVE_INFINITY)),
            new Attributes.Entry(
                "bytes", new AttributeValue.Bytes(ByteBuffer.wrap(new byte[] {0, -1, 16}))),
            new Attributes.Entry(
                "list",
                new AttributeValue.Array(
                    List.of(AttributeValue.of("a"), AttributeValue.of(1), nested))),
            new Attributes.Entry("map", nested),
            new Attributes.Entry("unset", new AttributeValue.Empty()),
            new Attributes.Entry("twice", AttributeValue.of("first")),
            new Attributes.Entry("twice", AttributeValue.of("second"))));
  }

  @Test
  void oddKeysAndLongTextsAreKept() {
    String longText = "x".repeat(100_000);
    apply(
        of(
            "shop",
            span(1, 1, "n".repeat(40_000), T0)
                .addAttributes(attribute("", "empty key"))
                .addAttributes(attribute("a..b", "dots"))
                .addAttributes(attribute(".a.", "dots"))
                .addAttributes(attribute("a", "whole"))
                .addAttributes(attribute("a.b", "part"))
                .addAttributes(attribute("nul\u0000", "nul\u0000"))
                .addAttributes(attribute("k".repeat(40_000), "long key"))
                .addAttributes(attribute("long", longText))));
    assertThat(spans(1)).hasSize(1);
    Attributes attributes = spans(1).getFirst().attributes();
    assertThat(attributes.text("")).isEqualTo("empty key");
    assertThat(attributes.text("a..b")).isEqualTo("dots");
    assertThat(attributes.text("nul\u0000")).isEqualTo("nul\u0000");
    assertThat(attributes.text("k".repeat(40_000))).isEqualTo("long key");
    assertThat(attributes.text("long")).isEqualTo(longText);
    assertThat(found(equal(SpanField.span("a.b"), "part"))).containsExactly(1L);
    assertThat(found(equal(SpanField.span("a"), "whole"))).containsExactly(1L);
    assertThat(found(equal(SpanField.span("long"), longText))).containsExactly(1L);
    assertThat(found(equal(SpanField.span("long"), longText + "y"))).isEmpty();
  }

  @Test
  void manyKeysAndChangingTypesAreKept() {
    for (int i = 0; i < 4; i++) {
      io.opentelemetry.proto.trace.v1.Span.Builder span = span(i, 1, "op", T0 + i);
      IntStream.range(i * 500, i * 500 + 500)
          .forEach(k -> span.addAttributes(attribute("key" + k, k)));
      span.addAttributes(
          switch (i) {
            case 0 -> attribute("changing", "text");
            case 1 -> attribute("changing", 1);
            case 2 -> attribute("changing", true);
            default -> everyType().get(10).toBuilder().setKey("changing").build();
          });
      apply(of("shop", span));
    }
    assertThat(found(SpanCondition.ALL)).containsExactly(3L, 2L, 1L, 0L);
    assertThat(found(equal(SpanField.span("changing"), "text"))).containsExactly(0L);
    assertThat(found(equal(SpanField.span("key1999"), 1999))).containsExactly(3L);
  }

  @Test
  void aSpanSentTwiceStandsOnce() {
    SpanBatch sent = batch(TENANT, of("shop", span(1, 1, "root", T0), span(1, 2, "child", T0 + 5)));
    apply(sent);
    apply(sent);
    assertThat(spans(1)).extracting(Span::spanId).containsExactly(1L, 2L);
    assertThat(found(SpanCondition.ALL)).containsExactly(1L);
    assertThat(summaries(1).getFirst().spans()).isEqualTo(2);
    assertThat(summaries(1).getFirst().services())
        .containsExactly(new TraceSummary.ServicePart("shop", 2, 0, 20_000_000));
  }

  @Test
  void tenantsAreKeptApart() {
    apply(batch("default", of("shop", span(1, 1, "ours", T0))));
    apply(batch("other", of("bank", span(1, 1, "theirs", T0), span(2, 2, "theirs", T0))));
    assertThat(spans(1)).extracting(Span::name).containsExactly("ours");
    assertThat(found(SpanCondition.ALL)).containsExactly(1L);
    assertThat(summaries(1, 2)).hasSize(1);
    assertThat(values(SpanField.SERVICE, SpanCondition.ALL, 10))
        .containsExactly(SpanValue.of("shop"));
    assertThat(store.query(new TracePlan.ById("other", new TraceId(0, 1))).orElseThrow().spans())
        .extracting(Span::name)
        .containsExactly("theirs");
    assertThat(store.query(new TracePlan.ById("nobody", new TraceId(0, 1)))).isEmpty();
  }

  @Test
  void appliedUpTo_reachesTheLastRowWithCommit() {
    assertThat(store.appliedUpTo()).isZero();
    apply(of("shop", span(1, 1, "a", T0), span(1, 2, "b", T0)));
    assertThat(store.appliedUpTo()).isBetween(0L, 2L);
    store.commit();
    assertThat(store.appliedUpTo()).isEqualTo(2);
    store.commit();
    assertThat(store.appliedUpTo()).isEqualTo(2);
  }

  @Test
  void replay_fromAnyEarlierRowChangesNothing() {
    applyNine();
    store.commit();
    List<Span> before = spans(1);
    for (long row = 0; row <= 9; row++) {
      replayFrom(row);
      assertThat(spans(1)).isEqualTo(before);
    }
    assertThat(store.appliedUpTo()).isEqualTo(9);
    assertThat(summaries(1).getFirst().spans()).isEqualTo(9);
  }

  @Test
  void reopen_findsEverythingAndTakesReplayAndMore() throws Exception {
    applyNine();
    List<Span> before = spans(1);
    store.close();
    store = reopen();
    assertThat(store.appliedUpTo()).isEqualTo(9);
    assertThat(spans(1)).isEqualTo(before);
    replayFrom(0);
    assertThat(spans(1)).isEqualTo(before);
    apply(of("shop", span(1, 10, "later", T0 + SECOND)));
    assertThat(spans(1)).hasSize(10);
  }

  @Test
  void crash_losesNothingThatReplayBringsBack() throws Exception {
    applyNine();
    store.commit();
    apply(of("shop", span(1, 10, "uncommitted", T0 + SECOND)));
    apply(of("shop", span(1, 11, "uncommitted", T0 + SECOND)));
    List<Span> before = spans(1);
    store = reopenAfterCrash(store);
    assertThat(store.appliedUpTo()).isBetween(9L, 11L);
    replayFrom(store.appliedUpTo());
    assertThat(spans(1)).isEqualTo(before).hasSize(11);
    store.commit();
    assertThat(store.appliedUpTo()).isEqualTo(11);
  }

  @Test
  void crash_beforeAnyCommitReplaysFromTheStart() throws Exception {
    applyNine();
    List<Span> before = spans(1);
    store = reopenAfterCrash(store);
    replayFrom(store.appliedUpTo());
    assertThat(spans(1)).isEqualTo(before).hasSize(9);
  }

  private void applyNine() {
    for (int i = 0; i < 9; i += 3) {
      apply(
          of("shop", span(1, i + 1, "a", T0 + i), span(1, i + 2, "b", T0 + i + 1)),
          of("stock", span(1, i + 3, "c", T0 + i + 2)));
    }
  }
}
