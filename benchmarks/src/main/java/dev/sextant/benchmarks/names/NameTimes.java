package dev.sextant.benchmarks.names;

import com.google.protobuf.ByteString;
import dev.sextant.collector.operation.OperationNameSettings;
import dev.sextant.collector.operation.OperationNames;
import dev.sextant.storage.Position;
import dev.sextant.storage.Sink;
import dev.sextant.storage.file.Disk;
import dev.sextant.trace.SpanBatch;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Time a span of about 450 bytes, in batches of 512, by what its name is. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class NameTimes {
  private static final int SPANS = 512;
  private static final int BATCHES = 64;

  private final SpanBatch[] batches = new SpanBatch[BATCHES];
  private final CompletionStage<Sink.Written> taken =
      CompletableFuture.completedFuture(new Sink.Written.Accepted(new Position(0, 0)));
  private Sink<SpanBatch> door = batch -> taken;
  private int next;

  /** What names are made of. */
  public enum Names {
    INTERNAL,
    NO_PATH,
    TEMPLATE,
    WORDS,
    NUMBERS,
    NUMBERS_WITHOUT_URL_PATH,
    LEARNED_SLUGS
  }

  @Param public Names names = Names.WORDS;

  @Setup
  public void open() throws IOException {
    door =
        OperationNames.open(
                OperationNameSettings.DEFAULT, Path.of("none"), Disk.local(), Clock.systemUTC())
            .before(batch -> taken);
    Random random = new Random(1);
    for (int i = 0; i < BATCHES; i++) {
      batches[i] = batch(random);
    }
  }

  private SpanBatch batch(Random random) {
    ScopeSpans.Builder spans = ScopeSpans.newBuilder();
    for (int i = 0; i < SPANS; i++) {
      spans.addSpans(span(random));
    }
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    request
        .addResourceSpansBuilder()
        .addScopeSpans(spans)
        .getResourceBuilder()
        .addAttributes(text("service.name", "orders"));
    return new SpanBatch("default", SPANS, ByteBuffer.wrap(request.build().toByteArray()));
  }

  private Span span(Random random) {
    String path = path(random);
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(id(16, random))
            .setSpanId(id(8, random))
            .setParentSpanId(id(8, random))
            .setName(path.isEmpty() ? "checkout.place" : "GET " + path)
            .setKind(
                names == Names.INTERNAL
                    ? Span.SpanKind.SPAN_KIND_INTERNAL
                    : Span.SpanKind.SPAN_KIND_SERVER)
            .setStartTimeUnixNano(random.nextLong())
            .setEndTimeUnixNano(random.nextLong())
            .addAttributes(text("http.request.method", "GET"))
            .addAttributes(text("url.scheme", "https"))
            .addAttributes(text("server.address", "orders.shop.internal"))
            .addAttributes(text("client.address", "10.17.3." + random.nextInt(256)))
            .addAttributes(text("user_agent.original", "okhttp/4.12.0"))
            .addAttributes(text("network.protocol.version", "1.1"))
            .addAttributes(text("thread.name", "http-nio-8080-exec-" + random.nextInt(200)));
    if (names != Names.NUMBERS_WITHOUT_URL_PATH) {
      span.addAttributes(text("url.path", path));
    }
    return span.build();
  }

  private String path(Random random) {
    int number = random.nextInt(1_000_000);
    return switch (names) {
      case INTERNAL, NO_PATH -> "";
      case TEMPLATE -> "/api/orders/{id}/items";
      case WORDS -> "/api/orders/" + new String[] {"open", "late", "paid"}[number % 3] + "/items";
      case NUMBERS, NUMBERS_WITHOUT_URL_PATH -> "/api/orders/" + number + "/items";
      case LEARNED_SLUGS -> "/api/products/" + slug(number) + "/reviews";
    };
  }

  private static String slug(int number) {
    StringBuilder slug = new StringBuilder();
    for (int rest = number; rest > 0; rest /= 20) {
      slug.append((char) ('g' + rest % 20));
    }
    return slug + "-shirt";
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static ByteString id(int length, Random random) {
    byte[] id = new byte[length];
    random.nextBytes(id);
    return ByteString.copyFrom(id);
  }

  /** One span through the door. */
  @Benchmark
  @OperationsPerInvocation(SPANS)
  public CompletionStage<Sink.Written> name() {
    next = (next + 1) % BATCHES;
    return door.write(batches[next]);
  }
}
