package dev.sextant.log;

import static dev.sextant.log.LogPayload.attribute;
import static dev.sextant.log.LogPayload.batch;
import static dev.sextant.log.LogPayload.line;
import static dev.sextant.log.LogPayload.of;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.sextant.storage.TimeRange;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.Attributes;
import dev.sextant.storage.otlp.Resource;
import dev.sextant.storage.otlp.Scope;
import dev.sextant.storage.otlp.TraceId;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Promises about what is kept: found once applied, whole, once, by tenant, over replay, close and
 * crash.
 */
abstract class LogKeepingContract extends LogStoreFixture {
  @Test
  void apply_makesLinesFoundWhenItReturns() {
    for (int i = 1; i <= 5; i++) {
      apply(of("shop", line(T0 + i, "line " + i)));
      assertThat(found(LogFilter.ALL)).hasSize(i).startsWith("line " + i);
    }
  }

  @Test
  void everyFieldSurvives() {
    List<KeyValue> values = everyType();
    ResourceLogs sent =
        ResourceLogs.newBuilder()
            .setResource(
                io.opentelemetry.proto.resource.v1.Resource.newBuilder()
                    .addAttributes(attribute("service.name", "shop"))
                    .addAllAttributes(values)
                    .setDroppedAttributesCount(3))
            .setSchemaUrl("https://schema/resource")
            .addScopeLogs(
                ScopeLogs.newBuilder()
                    .setScope(
                        InstrumentationScope.newBuilder()
                            .setName("lib")
                            .setVersion("1.2")
                            .addAllAttributes(values)
                            .setDroppedAttributesCount(4))
                    .setSchemaUrl("https://schema/scope")
                    .addLogRecords(
                        LogRecord.newBuilder()
                            .setTimeUnixNano(T0 + 123_456_789)
                            .setObservedTimeUnixNano(T0 + 223_456_789)
                            .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_WARN3)
                            .setSeverityText("Warnung")
                            .setBody(values.get(10).getValue())
                            .addAllAttributes(values)
                            .setDroppedAttributesCount(5)
                            .setFlags(0x101)
                            .setEventName("device.app")
                            .setTraceId(ByteString.fromHex("0102030405060708090a0b0c0d0e0f10"))
                            .setSpanId(ByteString.fromHex("8899aabbccddeeff"))))
            .build();
    apply(of("other", line(T0, "other")), sent);

    Attributes attributes = everyTypeRead();
    List<Attributes.Entry> ofResource = new ArrayList<>(attributes.entries());
    ofResource.addFirst(new Attributes.Entry("service.name", AttributeValue.of("shop")));
    assertThat(lines(services("shop")))
        .containsExactly(
            new LogLine(
                T0 + 123_456_789,
                T0 + 223_456_789,
                15,
                "Warnung",
                attributes.entries().get(10).value(),
                attributes,
                5,
                new TraceId(0x0102030405060708L, 0x090a0b0c0d0e0f10L),
                0x8899aabbccddeeffL,
                0x101,
                "device.app",
                new Resource(new Attributes(ofResource), 3, "https://schema/resource"),
                new Scope("lib", "1.2", attributes, 4, "https://schema/scope"),
                1));
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
        attribute("yes", AnyValue.newBuilder().setBoolValue(true).build()),
        attribute("no", AnyValue.newBuilder().setBoolValue(false).build()),
        attribute("least", Long.MIN_VALUE),
        attribute("zero", 0),
        attribute("decimal", AnyValue.newBuilder().setDoubleValue(0.1).build()),
        attribute(
            "infinite", AnyValue.newBuilder().setDoubleValue(Double.POSITIVE_INFINITY).build()),
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
            new Attributes.Entry("infinite", AttributeValue.of(Double.POSITIVE_INFINITY)),
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
  void timeIsTheObservedOneWhereNoneWasSentElseThatOfArrival() {
    apply(
        of(
            "shop",
            line(0, "observed").setObservedTimeUnixNano(T0 - 7),
            line(0, "arrived").setObservedTimeUnixNano(0)));
    assertThat(lines(LogFilter.ALL)).extracting(LogLine::timeNanos).containsExactly(T0, T0 - 7);
    assertThat(lines(LogFilter.ALL)).extracting(LogLine::observedNanos).containsExactly(0L, T0 - 7);
    assertThat(bodies(search(new TimeRange(T0 - 7, T0), LogFilter.ALL, true, 10)))
        .containsExactly("observed");
  }

  @Test
  void oddKeysAndLongTextsAreKept() {
    String longText = "word ".repeat(20_000) + "x".repeat(60_000);
    apply(
        of(
            "shop",
            line(T0, longText)
                .addAttributes(attribute("", "empty key"))
                .addAttributes(attribute("a..b", "dots"))
                .addAttributes(attribute("a", "whole"))
                .addAttributes(attribute("a.b", "part"))
                .addAttributes(attribute("nul\u0000", "nul\u0000"))
                .addAttributes(attribute("k".repeat(40_000), "long key"))
                .addAttributes(attribute("long", longText))));
    assertThat(found(LogFilter.ALL)).containsExactly(longText);
    Attributes attributes = lines(LogFilter.ALL).getFirst().attributes();
    assertThat(attributes.text("")).isEqualTo("empty key");
    assertThat(attributes.text("a..b")).isEqualTo("dots");
    assertThat(attributes.text("nul\u0000")).isEqualTo("nul\u0000");
    assertThat(attributes.text("k".repeat(40_000))).isEqualTo("long key");
    assertThat(attributes.text("long")).isEqualTo(longText);
    assertThat(found(fields(is("a", "whole"), is("a.b", "part")))).hasSize(1);
    assertThat(found(fields(is("long", longText)))).hasSize(1);
    assertThat(found(fields(is("long", longText + "y")))).isEmpty();
    assertThat(found(words("word"))).hasSize(1);
  }

  @Test
  void manyKeysAndChangingTypesAreKept() {
    List<KeyValue> types = everyType();
    for (int i = 0; i < 4; i++) {
      LogRecord.Builder line = line(T0 + i, "line " + i);
      IntStream.range(i * 500, i * 500 + 500)
          .forEach(k -> line.addAttributes(attribute("key" + k, k)));
      line.addAttributes(
          switch (i) {
            case 0 -> attribute("changing", "text");
            case 1 -> attribute("changing", 1);
            case 2 -> types.get(2).toBuilder().setKey("changing").build();
            default -> types.get(10).toBuilder().setKey("changing").build();
          });
      apply(of("shop", line));
    }
    assertThat(found(LogFilter.ALL)).containsExactly("line 3", "line 2", "line 1", "line 0");
    assertThat(found(fields(is("changing", "text")))).containsExactly("line 0");
    assertThat(found(fields(is("changing", "1")))).containsExactly("line 1");
    assertThat(found(fields(is("key1999", "1999")))).containsExactly("line 3");
  }

  @Test
  void aLineSentTwiceStandsTwice() {
    LogBatch sent = batch(TENANT, of("shop", line(T0, "again")));
    apply(sent);
    apply(sent);
    assertThat(found(LogFilter.ALL)).containsExactly("again", "again");
  }

  @Test
  void tenantsAreKeptApart() {
    apply(batch("default", of("shop", line(T0, "ours"))));
    apply(batch("other", of("bank", line(T0, "theirs"), line(T0 + 1, "theirs"))));
    assertThat(found(LogFilter.ALL)).containsExactly("ours");
    assertThat(
            store.query(
                new LogPlan.FieldValues(TENANT, TimeRange.ALL, LogFilter.ALL, "service.name", 10)))
        .containsExactly(new LogPlan.ValueCount("shop", 1));
    assertThat(
            bodies(
                store.query(
                    new LogPlan.Search("other", TimeRange.ALL, LogFilter.ALL, true, 10, null))))
        .containsExactly("theirs", "theirs");
    assertThat(
            store
                .query(new LogPlan.Search("nobody", TimeRange.ALL, LogFilter.ALL, true, 10, null))
                .total())
        .isZero();
  }

  @Test
  void appliedUpTo_reachesTheLastRowWithCommit() {
    assertThat(store.appliedUpTo()).isZero();
    apply(of("shop", line(T0, "a"), line(T0, "b")));
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
    List<LogLine> before = lines(LogFilter.ALL);
    for (long row = 0; row <= 9; row++) {
      replayFrom(row);
      assertThat(lines(LogFilter.ALL)).isEqualTo(before);
    }
    assertThat(store.appliedUpTo()).isEqualTo(9);
  }

  @Test
  void reopen_findsEverythingAndTakesReplayAndMore() throws Exception {
    applyNine();
    List<LogLine> before = lines(LogFilter.ALL);
    store.close();
    store = reopen();
    assertThat(store.appliedUpTo()).isEqualTo(9);
    assertThat(lines(LogFilter.ALL)).isEqualTo(before);
    replayFrom(0);
    assertThat(lines(LogFilter.ALL)).isEqualTo(before);
    apply(of("shop", line(T0 + SECOND, "later")));
    assertThat(found(LogFilter.ALL)).hasSize(10).startsWith("later");
  }

  @Test
  void crash_losesNothingThatReplayBringsBack() throws Exception {
    applyNine();
    store.commit();
    apply(of("shop", line(T0 + SECOND, "uncommitted")));
    apply(of("shop", line(T0 + SECOND, "uncommitted too")));
    List<LogLine> before = lines(LogFilter.ALL);
    store = reopenAfterCrash(store);
    assertThat(store.appliedUpTo()).isBetween(9L, 11L);
    replayFrom(store.appliedUpTo());
    assertThat(lines(LogFilter.ALL)).isEqualTo(before).hasSize(11);
    store.commit();
    assertThat(store.appliedUpTo()).isEqualTo(11);
  }

  @Test
  void crash_beforeAnyCommitReplaysFromTheStart() throws Exception {
    applyNine();
    List<LogLine> before = lines(LogFilter.ALL);
    store = reopenAfterCrash(store);
    replayFrom(store.appliedUpTo());
    assertThat(lines(LogFilter.ALL)).isEqualTo(before).hasSize(9);
  }

  private void applyNine() {
    for (int i = 0; i < 9; i += 3) {
      apply(
          of("shop", line(T0 + i, "a" + i), line(T0 + i + 1, "b" + i)),
          of("stock", line(T0 + i + 2, "c" + i)));
    }
  }
}
