package dev.sextant.collector.operation;

import static dev.sextant.collector.fixture.OtlpFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.sextant.collector.fixture.Otlp;
import dev.sextant.collector.otlp.SpanReceiver;
import dev.sextant.collector.receive.EventWindow;
import dev.sextant.collector.receive.Outcome;
import dev.sextant.storage.Position;
import dev.sextant.storage.Sink;
import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.trace.SpanBatch;
import dev.sextant.trace.SpanCursor;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests with every kind of field and name, whole and damaged, by seed. */
class OperationNamesFuzz {
  private static final int ROUNDS = Boolean.getBoolean("sextant.long") ? 500_000 : 5_000;
  private static final String[] PIECES = {
    "/",
    "/",
    "/",
    "?",
    "#",
    ";",
    "%",
    "%20",
    ":",
    "{",
    "}",
    "*",
    "(",
    ")",
    "@",
    ".",
    "-",
    "_",
    " ",
    "GET ",
    "HTTP ",
    "http://",
    "orders",
    "v1",
    "8213",
    "a1b2c3d4",
    ".png",
    "ä",
    "日",
    "\u0000",
    "9b2d3c44-0b0f-4d0a-9c56-0a6ad0b6a3de",
    "XQZY",
    "[::1]",
    " HTTP/1.1",
    "\\",
    "<x>"
  };
  private static final String[] KEYS = {
    "http.route",
    "url.template",
    "url.path",
    "url.full",
    "url.original",
    "http.target",
    "http.url",
    "http.request.method",
    "http.method",
    "rpc.system",
    "k",
    ""
  };

  @TempDir Path directory;
  private final Random random = new Random(11);

  @Test
  void naming_changesNothingButTheNameAndOneAttribute() throws Exception {
    int renamed = 0;
    OperationNameSettings settings = NamedSpans.settings(20, 500, 1 << 20);
    try (NamedSpans spans = new NamedSpans(settings, directory)) {
      for (int i = 0; i < ROUNDS; i++) {
        ExportTraceServiceRequest request = request();
        SpanBatch batch = spans.send(request.toByteArray(), 1);
        ExportTraceServiceRequest named = ExportTraceServiceRequest.parseFrom(batch.payload());
        assertThat(undone(named, request)).as("round %d", i).isEqualTo(request);
        renamed += named.equals(request) ? 0 : 1;
        assertThat(names(batch.payload())).doesNotContain("\ufffd");
      }
      assertThat(renamed).isGreaterThan(ROUNDS / 10);
      assertRecounted(spans, settings);
    }
  }

  /** What was learned, counted anew, is what was counted on the way. */
  private void assertRecounted(NamedSpans spans, OperationNameSettings settings) throws Exception {
    long learned = spans.names.learning().bytes();
    spans.names.save();
    try (NamedSpans reopened = new NamedSpans(settings, directory)) {
      assertThat(reopened.names.learning().bytes()).isEqualTo(learned);
    }
  }

  private static String names(ByteBuffer payload) {
    StringBuilder names = new StringBuilder();
    SpanCursor cursor = new SpanCursor(payload);
    while (cursor.next()) {
      names.append(cursor.name());
    }
    return names.toString();
  }

  /** The named request with its spans' former names, and without what may have been added. */
  private static ExportTraceServiceRequest undone(
      ExportTraceServiceRequest named, ExportTraceServiceRequest sent) {
    ExportTraceServiceRequest.Builder undone = named.toBuilder();
    for (int g = 0; g < undone.getResourceSpansCount(); g++) {
      ResourceSpans.Builder group = undone.getResourceSpansBuilder(g);
      for (int s = 0; s < group.getScopeSpansCount(); s++) {
        ScopeSpans.Builder scope = group.getScopeSpansBuilder(s);
        for (int i = 0; i < scope.getSpansCount(); i++) {
          undo(scope.getSpansBuilder(i), sent.getResourceSpans(g).getScopeSpans(s).getSpans(i));
        }
      }
    }
    return undone.build();
  }

  private static void undo(Span.Builder named, Span sent) {
    if (named.getName().equals(sent.getName())) {
      return;
    }
    named.setName(sent.getName());
    int last = named.getAttributesCount() - 1;
    if (last == sent.getAttributesCount()) {
      KeyValue added = named.getAttributes(last);
      assertThat(added.getKey()).isEqualTo("url.original");
      assertThat(sent.getName()).contains(added.getValue().getStringValue());
      named.removeAttributes(last);
    }
  }

  private ExportTraceServiceRequest request() {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    for (int g = random.nextInt(4); g > 0; g--) {
      ResourceSpans.Builder group = request.addResourceSpansBuilder().setUnknownFields(unknown());
      if (random.nextBoolean()) {
        group.setResource(Otlp.resource("service.name", "shop" + random.nextInt(3)));
      }
      group.setSchemaUrl(random.nextBoolean() ? "" : "https://example.org/8213");
      for (int s = random.nextInt(3); s > 0; s--) {
        ScopeSpans.Builder scope = group.addScopeSpansBuilder().setUnknownFields(unknown());
        scope.getScopeBuilder().setName("/a/8213");
        for (int i = random.nextInt(4); i > 0; i--) {
          scope.addSpans(span());
        }
      }
    }
    return request.build();
  }

  private Span.Builder span() {
    Span.Builder span =
        Otlp.span(random.nextLong() | 1, random.nextLong() | 1, NOW)
            .setName(name())
            .setKindValue(random.nextInt(7))
            .setTraceState("a=/b/8213")
            .setUnknownFields(unknown());
    for (int i = random.nextInt(4); i > 0; i--) {
      AnyValue.Builder value = AnyValue.newBuilder();
      if (random.nextInt(8) > 0) {
        value.setStringValue(random.nextBoolean() ? name() : span.getName());
      } else {
        value.setIntValue(8213);
      }
      span.addAttributes(
          KeyValue.newBuilder().setKey(KEYS[random.nextInt(KEYS.length)]).setValue(value));
    }
    if (random.nextBoolean()) {
      span.addEventsBuilder().setName("/e/8213").addAttributes(Otlp.attribute("url.path", "/x"));
      span.addLinksBuilder().setTraceId(Otlp.id(16, 1)).setSpanId(Otlp.id(8, 2));
      span.getStatusBuilder().setMessage("/s/8213");
    }
    return span;
  }

  private UnknownFieldSet unknown() {
    UnknownFieldSet.Builder fields = UnknownFieldSet.newBuilder();
    if (random.nextInt(3) == 0) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      fields.mergeLengthDelimitedField(1000, ByteString.copyFrom(bytes));
      fields.mergeVarintField(77, random.nextInt());
    }
    return fields.build();
  }

  private String name() {
    StringBuilder name = new StringBuilder(random.nextInt(3) == 0 ? "GET /" : "");
    for (int i = random.nextInt(12); i > 0; i--) {
      name.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return random.nextInt(100) == 0 ? name.toString().repeat(200) : name.toString();
  }

  @Test
  void damagedRequests_areAnsweredAndNamed() throws Exception {
    OperationNameSettings settings = NamedSpans.settings(20, 500, 1 << 20);
    Sink<SpanBatch> reading =
        batch -> {
          assertThat(names(batch.payload())).doesNotContain("\ufffd");
          return CompletableFuture.completedFuture(new Sink.Written.Accepted(new Position(0, 0)));
        };
    try (NamedSpans spans = new NamedSpans(settings, directory)) {
      SpanReceiver receiver =
          new SpanReceiver(
              spans.names.before(reading),
              new EventWindow(() -> NOW, Duration.ofDays(1), "retention.test"),
              OtlpLimits.DEFAULT);
      for (int i = 0; i < ROUNDS; i++) {
        byte[] bytes = request().toByteArray();
        for (int changes = random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        Outcome outcome =
            receiver.receive("default", ByteBuffer.wrap(bytes)).toCompletableFuture().join();
        assertThat(outcome).isNotNull();
      }
      assertRecounted(spans, settings);
    }
  }

  /**
   * The door takes any bytes that a span's walk takes, even names that no receiver lets through.
   */
  @Test
  void namesThatAreNoUtf8_areNamedOrStay() throws Exception {
    try (NamedSpans spans = new NamedSpans(NamedSpans.settings(20, 500, 1 << 20), directory)) {
      byte[] template = Otlp.traces(NamedSpans.server("GET /NAME/8213")).toByteArray();
      int at = new String(template, StandardCharsets.ISO_8859_1).indexOf("NAME");
      for (int i = 0; i < 256; i++) {
        byte[] request = template.clone();
        request[at] = (byte) i;
        ByteBuffer payload = spans.send(request, 1).payload();
        byte[] named = new byte[payload.remaining()];
        payload.get(named);
        String text = new String(named, StandardCharsets.ISO_8859_1);
        String whole = new String(request, StandardCharsets.ISO_8859_1).substring(at - 5, at + 4);
        assertThat(text).contains(whole.substring(0, 5));
        assertThat(
                List.of(
                    "{*<>\\}".indexOf(i) < 0,
                    text.equals(new String(request, StandardCharsets.ISO_8859_1))))
            .contains(true);
      }
    }
  }

  @Test
  void aNameThatStandsTwice_isOfTheLast() throws Exception {
    Span first = NamedSpans.server("GET /first/8213").build();
    Span last = Span.newBuilder().setName("GET /last/8213").build();
    byte[] twice = first.toByteString().concat(last.toByteString()).toByteArray();
    ExportTraceServiceRequest request =
        ExportTraceServiceRequest.newBuilder()
            .addResourceSpans(
                ResourceSpans.newBuilder()
                    .addScopeSpans(ScopeSpans.newBuilder().addSpans(Span.parseFrom(twice))))
            .build();
    assertThat(request.getResourceSpans(0).getScopeSpans(0).getSpans(0).getName())
        .isEqualTo("GET /last/8213");
    try (NamedSpans spans = new NamedSpans(NamedSpans.settings(20, 500, 1 << 20), directory)) {
      byte[] raw = nested(nested(nested(twice, 2), 2), 1);
      ExportTraceServiceRequest named =
          ExportTraceServiceRequest.parseFrom(spans.send(raw, 1).payload());
      assertThat(undone(named, request)).isEqualTo(request);
      assertThat(named.getResourceSpans(0).getScopeSpans(0).getSpans(0).getName())
          .isEqualTo("GET /last/{id}");
    }
  }

  private static byte[] nested(byte[] message, int field) {
    return UnknownFieldSet.newBuilder()
        .mergeLengthDelimitedField(field, ByteString.copyFrom(message))
        .build()
        .toByteArray();
  }
}
