package dev.sextant.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.sextant.storage.Position;
import dev.sextant.storage.block.BlockSettings;
import dev.sextant.storage.otlp.Slice;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes out of closed blocks, as protobuf reads it, is what was sent. */
class SpanRoundTripTest {
  private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
  private static final int SEEDS = Boolean.getBoolean("sextant.long") ? 5_000 : 400;

  @TempDir Path root;
  private EmbeddedTraceStore store;
  private final Map<ByteString, Sent> sent = new HashMap<>();

  private record Sent(
      Span span,
      Resource resource,
      String resourceUrl,
      InstrumentationScope scope,
      String scopeUrl) {}

  @BeforeEach
  void open() {
    open(1_000_000);
  }

  private void open(int runRows) {
    BlockSettings blocks =
        BlockSettings.DEFAULT
            .withBlocks(100, 1 << 20, Duration.ofDays(1))
            .withRunRows(runRows)
            .withoutBackground();
    store =
        EmbeddedTraceStore.open(
            root, TraceStoreSettings.DEFAULT.withBlocks(blocks), InstantSource.fixed(NOW));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void apply(ExportTraceServiceRequest request) {
    long first = sent.size();
    for (ResourceSpans group : request.getResourceSpansList()) {
      for (ScopeSpans scope : group.getScopeSpansList()) {
        for (Span span : scope.getSpansList()) {
          sent.put(
              span.getSpanId(),
              new Sent(
                  span,
                  group.getResource(),
                  group.getSchemaUrl(),
                  scope.getScope(),
                  scope.getSchemaUrl()));
        }
      }
    }
    int rows = (int) (sent.size() - first);
    if (rows > 0) {
      SpanBatch batch = new SpanBatch("default", rows, ByteBuffer.wrap(request.toByteArray()));
      store.apply(batch, new Position(first, NOW.toEpochMilli()));
    }
  }

  @Test
  void everyFieldOfEverySpanComesBack() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      apply(new RandomProto(seed).request());
    }
    checkHotAndSealed(SEEDS);
  }

  /** First in blocks in order of arrival, then in runs. */
  private void checkHotAndSealed(int atLeast) throws Exception {
    store.commit();
    try (SpanSnapshot snapshot = store.snapshot("default")) {
      assertThat(snapshot.runs()).isEmpty();
      assertThat(check(snapshot.hot())).isEqualTo(sent.size()).isGreaterThan(atLeast);
    }
    store.close();
    open(1);
    store.maintain();
    try (SpanSnapshot snapshot = store.snapshot("default")) {
      List<SpanBlockRef> blocks = new ArrayList<>(snapshot.hot());
      snapshot.runs().forEach(run -> blocks.addAll(run.blocks(Long.MIN_VALUE, Long.MAX_VALUE)));
      assertThat(snapshot.runs()).isNotEmpty();
      assertThat(check(blocks)).isEqualTo(sent.size());
    }
  }

  @Test
  void fieldsThatStandTwice_comeBackAsProtobufMergesThem() throws Exception {
    RandomProto random = new RandomProto(1);
    for (int i = 0; i < 60; i++) {
      ExportTraceServiceRequest.Builder twice = ExportTraceServiceRequest.newBuilder();
      for (ResourceSpans group : random.request().getResourceSpansList()) {
        for (ScopeSpans scope : group.getScopeSpansList()) {
          ScopeSpans.Builder spans = twice.addResourceSpansBuilder().addScopeSpansBuilder();
          for (int s = 1; s < scope.getSpansCount(); s++) {
            ByteString bytes = scope.getSpans(s - 1).toByteString();
            Span second = scope.getSpans(s).toBuilder().clearAttributes().build();
            spans.addSpans(Span.parseFrom(bytes.concat(second.toByteString())));
          }
        }
      }
      apply(twice.build());
    }
    checkHotAndSealed(150);
  }

  private int check(List<SpanBlockRef> blocks) throws InvalidProtocolBufferException {
    Set<ByteString> seen = new HashSet<>();
    for (SpanBlockRef ref : blocks) {
      StoredSpanBlock block = (StoredSpanBlock) ref.open();
      for (int row = 0; row < block.rows(); row++) {
        check(block, row);
        seen.add(Span.parseFrom(bytes(block.assembler().message(row))).getSpanId());
      }
    }
    return seen.size();
  }

  private void check(StoredSpanBlock block, int row) throws InvalidProtocolBufferException {
    SpanAssembler assembler = block.assembler();
    Span span = Span.parseFrom(bytes(assembler.message(row)));
    Sent expected = sent.get(span.getSpanId());
    assertThat(span).isEqualTo(expected.span);
    GroupAssembler groups = assembler.groups();
    assertThat(Resource.parseFrom(bytes(groups.resourceMessage(assembler.resourceOf(row)))))
        .isEqualTo(expected.resource);
    assertThat(InstrumentationScope.parseFrom(bytes(groups.scopeMessage(assembler.scopeOf(row)))))
        .isEqualTo(expected.scope);
    dev.sextant.trace.Span decoded = block.decode(row);
    assertThat(decoded.resource().schemaUrl()).isEqualTo(expected.resourceUrl);
    assertThat(decoded.scope().schemaUrl()).isEqualTo(expected.scopeUrl);
  }

  private static ByteString bytes(Slice message) {
    return ByteString.copyFrom(message.copy());
  }
}
