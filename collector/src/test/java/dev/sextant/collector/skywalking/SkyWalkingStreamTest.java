package dev.sextant.collector.skywalking;

import static dev.sextant.collector.skywalking.Segments.TRACE;
import static dev.sextant.collector.skywalking.Segments.entry;
import static dev.sextant.collector.skywalking.Segments.segment;
import static dev.sextant.collector.skywalking.Segments.tag;
import static dev.sextant.collector.skywalking.SkyWalkingFixture.frame;
import static dev.sextant.collector.skywalking.SkyWalkingFixture.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import dev.sextant.collector.receive.LossCounter;
import dev.sextant.collector.skywalking.SkyWalkingFixture.Open;
import dev.sextant.storage.Sink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.apache.skywalking.apm.dependencies.io.grpc.stub.StreamObserver;
import org.apache.skywalking.apm.network.common.v3.Commands;
import org.apache.skywalking.apm.network.language.agent.v3.SegmentObject;
import org.apache.skywalking.apm.network.language.agent.v3.TraceSegmentReportServiceGrpc;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams of segments: whole, cut, broken, slow and too large. */
class SkyWalkingStreamTest {
  private static final String COLLECT = "/skywalking.v3.TraceSegmentReportService/collect";
  private static final SkyWalkingFixture sky = new SkyWalkingFixture(64 << 20);

  @AfterAll
  static void stop() {
    sky.close();
  }

  @AfterEach
  void memoryIsGivenBack() {
    sky.reset();
  }

  private static SegmentObject named(String operation) {
    return segment(TRACE, operation, entry(operation)).build();
  }

  private static byte[] frames(String... operations) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String operation : operations) {
      all.writeBytes(frame(0, named(operation).toByteArray()));
    }
    return all.toByteArray();
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  private static void awaitBatches(int count) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (sky.spans.batches().size() < count) {
      assertThat(System.nanoTime()).as("waiting for spans").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void agentsOwnStub_streamsAThousandSegments() throws Exception {
    CompletableFuture<List<Commands>> answer = new CompletableFuture<>();
    StreamObserver<SegmentObject> stream =
        TraceSegmentReportServiceGrpc.newStub(sky.channel())
            .collect(
                new StreamObserver<>() {
                  private final List<Commands> commands = new ArrayList<>();

                  @Override
                  public void onNext(Commands next) {
                    commands.add(next);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    answer.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {
                    answer.complete(commands);
                  }
                });
    for (int i = 0; i < 1000; i++) {
      stream.onNext(named("operation " + i));
    }
    stream.onCompleted();

    assertThat(answer.get(60, TimeUnit.SECONDS)).containsExactly(Commands.getDefaultInstance());
    assertThat(sky.written()).hasSize(1000);
  }

  @Test
  void segments_areWrittenAsTheyCome_andAnsweredAtTheEnd() {
    Open open = sky.open(COLLECT);
    open.body().write(HttpData.wrap(frames("a", "b")));
    awaitBatches(2);
    assertThat(open.answer()).isNotDone();
    open.body().write(HttpData.wrap(frames("c")));
    open.body().close();

    assertThat(status(open.answer().join())).isEqualTo("0");
    assertThat(sky.written()).containsOnlyKeys("a", "b", "c");
  }

  @Test
  void aStreamThatDies_hasWrittenWhatCame() {
    Open open = sky.open(COLLECT);
    byte[] two = frames("a", "b");
    open.body().write(HttpData.wrap(Arrays.copyOf(two, two.length - 3)));
    awaitBatches(1);
    open.body().close(new IOException("the client is gone"));

    assertThat(open.answer()).failsWithin(java.time.Duration.ofSeconds(30));
    assertThat(sky.written()).containsOnlyKeys("a");
  }

  @Test
  void parts_mayBeCutAnywhere() {
    byte[] all = frames("a", "b", "c");
    Open open = sky.open(COLLECT);
    for (byte one : all) {
      open.body().write(HttpData.wrap(new byte[] {one}));
    }
    open.body().close();

    assertThat(status(open.answer().join())).isEqualTo("0");
    assertThat(sky.written()).containsOnlyKeys("a", "b", "c");
  }

  @Test
  void messages_areCompressedEachForItself() throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(frame(1, gzip(named("a").toByteArray())));
    body.writeBytes(frames("b"));

    assertThat(status(sky.raw(COLLECT, body.toByteArray()))).isEqualTo("0");
    assertThat(sky.written()).containsOnlyKeys("a", "b");
  }

  @Test
  void noMessages_areWell() {
    assertThat(status(sky.raw(COLLECT, new byte[0]))).isEqualTo("0");
    assertThat(status(sky.raw(COLLECT, frame(0, new byte[0])))).isEqualTo("0");
  }

  @Test
  void brokenMessage_endsTheStream_whatCameBeforeIsKept() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(frames("a"));
    body.writeBytes(frame(0, new byte[] {10, 100, 1}));
    AggregatedHttpResponse answer = sky.raw(COLLECT, body.toByteArray());

    assertThat(status(answer)).isEqualTo("3");
    assertThat(answer.trailers().get("grpc-message")).startsWith("not a message of SkyWalking");
    assertThat(sky.written()).containsOnlyKeys("a");
  }

  @Test
  void streamThatEndsWithinAMessage_isInvalid() {
    byte[] two = frames("a", "b");
    AggregatedHttpResponse answer = sky.raw(COLLECT, Arrays.copyOf(two, two.length - 1));

    assertThat(status(answer)).isEqualTo("3");
    assertThat(answer.trailers().get("grpc-message"))
        .isEqualTo("the stream ends within a gRPC message");
  }

  @Test
  void lyingLengths_areRefusedAtOnce_andCostNothing() {
    byte[] claims = ByteBuffer.allocate(5).put((byte) 0).putInt(256 << 20).array();
    byte[] believable = ByteBuffer.allocate(5).put((byte) 0).putInt(4 << 20).array();
    AggregatedHttpResponse answer = sky.raw(COLLECT, claims);

    assertThat(status(answer)).isEqualTo("8");
    assertThat(answer.trailers().get("grpc-message"))
        .contains("its frame claims 268435456")
        .contains("ingest.limits.grpc-message");
    List<Open> many = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Open open = sky.open(COLLECT);
      open.body().write(HttpData.copyOf(believable));
      many.add(open);
    }
    assertThat(sky.memory.used()).isLessThan(1 << 20);
    many.forEach(open -> open.body().close());
    many.forEach(open -> assertThat(status(open.answer().join())).isEqualTo("3"));
  }

  @Test
  void bomb_isTooLarge() throws Exception {
    AggregatedHttpResponse answer = sky.raw(COLLECT, frame(1, gzip(new byte[32 << 20])));

    assertThat(status(answer)).isEqualTo("8");
    assertThat(answer.trailers().get("grpc-message")).contains("after decompression");
  }

  @Test
  void nesting_isInvalid() {
    byte[] groups = new byte[100_000];
    Arrays.fill(groups, (byte) 0x1b);
    assertThat(status(sky.raw(COLLECT, frame(0, groups)))).isEqualTo("3");
  }

  @Test
  void manyTinyItems_takeCountedMemoryAndAreRefused() {
    ByteArrayOutputStream spans = new ByteArrayOutputStream();
    spans.writeBytes(new byte[] {10, 1, 't', 18, 1, 's', 34, 1, 'x'});
    // Each has a start time of 1 ms and nothing else.
    byte[] span = {26, 2, 24, 1};
    for (int i = 0; i < 400_000; i++) {
      spans.writeBytes(span);
    }

    AggregatedHttpResponse answer = sky.raw(COLLECT, frame(0, spans.toByteArray()));

    assertThat(status(answer)).isEqualTo("8");
    assertThat(answer.trailers().get("grpc-message")).contains("ingest.limits.bodies-in-flight");
  }

  @Test
  void storeThatIsBehind_isNeverAnsweredWell() {
    sky.spans.answer(new Sink.Written.Throttled(2000, "the journal is behind"));
    AggregatedHttpResponse behind = sky.raw(COLLECT, frames("a", "b"));
    sky.spans.answer(new Sink.Written.Unavailable(2000, "the disk is full"));
    AggregatedHttpResponse full = sky.raw(COLLECT, frames("a"));

    assertThat(status(behind)).isEqualTo("8");
    assertThat(behind.trailers().get("grpc-message")).isEqualTo("the journal is behind");
    assertThat(status(full)).isEqualTo("14");
  }

  @Test
  void spansLeftOutBesideGoodOnes_areCountedAsTheyCome_thoughTheStreamFailsLater() {
    long before = left(LossCounter.ItemReason.INVALID);
    long late = left(LossCounter.ItemReason.TIME);
    SegmentObject one =
        segment(
                TRACE,
                "s",
                entry("kept"),
                entry("lost").setSpanId(1).setStartTime(0),
                entry("old").setSpanId(2).setStartTime(9).setEndTime(9))
            .build();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(frame(0, one.toByteArray()));
    assertThat(status(sky.raw(COLLECT, body.toByteArray()))).isEqualTo("0");
    body.writeBytes(frame(0, new byte[] {10, 100, 1}));
    assertThat(status(sky.raw(COLLECT, body.toByteArray()))).isEqualTo("3");

    LossCounter.Counts counts = sky.losses.counts().get("skywalking");
    assertThat(left(LossCounter.ItemReason.INVALID)).isEqualTo(before + 2);
    assertThat(left(LossCounter.ItemReason.TIME)).isEqualTo(late + 2);
    assertThat(counts.refusedMessages().get(LossCounter.Reason.INVALID)).isPositive();
    assertThat(sky.log).isNotEmpty();
  }

  private static long left(LossCounter.ItemReason reason) {
    return sky.losses.counts().get("skywalking").rejectedItems().get(reason);
  }

  @Test
  void largeSegment_isTaken() {
    SegmentObject large =
        segment(TRACE, "s", tag(entry("large"), "db.statement", "x".repeat(900_000))).build();

    assertThat(status(sky.raw(COLLECT, frame(0, large.toByteArray())))).isEqualTo("0");
    assertThat(sky.written()).containsOnlyKeys("large");
  }
}
