package dev.sextant.log;

import static dev.sextant.log.LogPayload.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.storage.Position;
import dev.sextant.storage.TimeRange;
import dev.sextant.storage.block.BlockSettings;
import dev.sextant.testing.golden.GoldenDirectory;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Log stores that earlier programs wrote: {@code sent/ROW-STAMP.binpb} are the requests that one
 * holds, as OTLP. It has a sealed partition and one that was still written to.
 */
class LogGoldenTest {
  private static final String KIND = "logs";
  private static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");
  private static final long T0 = NOON.toEpochMilli() * 1_000_000;

  @TempDir Path temporary;
  private long millis = NOON.toEpochMilli();
  private long rows;

  static List<GoldenDirectory> all() {
    return GoldenDirectory.all(KIND);
  }

  private EmbeddedLogStore open(Path directory) {
    BlockSettings blocks =
        BlockSettings.DEFAULT.withBlocks(12, 1 << 20, Duration.ofDays(1)).withoutBackground();
    return EmbeddedLogStore.open(
        directory, LogStoreSettings.DEFAULT.withBlocks(blocks), () -> Instant.ofEpochMilli(millis));
  }

  /** Lines of every shape, and two whose words are searched for. */
  private static ExportLogsServiceRequest request(int number) {
    long at = T0 + number * 1_000_000_000L;
    return new RandomLogs(2L * number)
        .request().toBuilder()
            .addAllResourceLogs(new RandomLogs(2L * number + 1).request().getResourceLogsList())
            .addResourceLogs(
                LogPayload.of(
                    "shop",
                    line(at, "order number" + number + " was taken by Köln"),
                    line(at + 1, "straße " + number + " is closed")))
            .build();
  }

  private void write(Path golden) throws IOException {
    Files.createDirectories(golden.resolve("sent"));
    try (EmbeddedLogStore store = open(golden.resolve("data"))) {
      for (int i = 0; i < 12; i++) {
        if (i == 6) {
          store.commit();
        }
        if (i == 8) {
          millis += Duration.ofDays(1).toMillis();
        }
        apply(golden, store, request(i));
      }
      store.commit();
      store.maintain();
    }
  }

  private void apply(Path golden, EmbeddedLogStore store, ExportLogsServiceRequest request)
      throws IOException {
    Path file = golden.resolve("sent/%04d-%d.binpb".formatted(rows, millis));
    Files.write(file, request.toByteArray());
    int count = ProtoLogs.of(request, 0, 0).size();
    store.apply(
        new LogBatch("default", count, ByteBuffer.wrap(request.toByteArray())),
        new Position(rows, millis));
    rows += count;
  }

  private static List<LogLine> sent(GoldenDirectory golden) throws IOException {
    List<LogLine> lines = new ArrayList<>();
    for (Path file : golden.files("sent")) {
      String[] name = file.getFileName().toString().split("[-.]", -1);
      lines.addAll(
          ProtoLogs.of(
              ExportLogsServiceRequest.parseFrom(Files.readAllBytes(file)),
              Long.parseLong(name[1]) * 1_000_000,
              Long.parseLong(name[0])));
    }
    return lines;
  }

  @Test
  void formatOfToday_hasADirectory() throws Exception {
    Path fresh = Files.createDirectories(temporary.resolve("fresh"));
    write(fresh);
    millis = NOON.toEpochMilli();
    rows = 0;

    assertThat(sent(GoldenDirectory.of(KIND, format(fresh.resolve("data")), this::write)))
        .hasSizeGreaterThan(80);
  }

  /** The version that the partitions' commits carry. */
  private static String format(Path data) throws IOException {
    try (FSDirectory partition = FSDirectory.open(data.resolve("20260115"))) {
      return "blocks-" + SegmentInfos.readLatestCommit(partition).getUserData().get("format");
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyLine_isReadAsItWasSent_alsoAfterMoreCame(GoldenDirectory golden) throws IOException {
    List<LogLine> sent = sent(golden);
    Path copy = golden.dataCopiedTo(temporary.resolve("copy"));
    millis = NOON.plus(Duration.ofDays(1)).plus(Duration.ofHours(1)).toEpochMilli();
    try (EmbeddedLogStore store = open(copy)) {
      assertThat(found(store, LogFilter.ALL)).containsExactlyInAnyOrderElementsOf(sent);
      rows = store.appliedUpTo();
      assertThat(rows).isEqualTo(sent.size());
      Files.createDirectories(temporary.resolve("sent"));
      apply(temporary, store, request(12));
      store.commit();
    }
    try (EmbeddedLogStore store = open(copy)) {
      assertThat(found(store, LogFilter.ALL))
          .containsAll(sent)
          .hasSize(sent.size() + ProtoLogs.of(request(12), 0, 0).size());
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void words_areFoundByTheirTermsAndFilters(GoldenDirectory golden) throws IOException {
    try (EmbeddedLogStore store = open(golden.dataCopiedTo(temporary.resolve("copy")))) {
      assertThat(found(store, LogStoreFixture.words("by Köln"))).hasSize(12);
      assertThat(found(store, LogStoreFixture.words("STRASSE"))).isEmpty();
      assertThat(found(store, LogStoreFixture.words("Straße"))).hasSize(12);
      assertThat(found(store, LogStoreFixture.words("number7")))
          .singleElement()
          .satisfies(
              line ->
                  assertThat(line.body().asText()).isEqualTo("order number7 was taken by Köln"));
    }
  }

  private static List<LogLine> found(EmbeddedLogStore store, LogFilter filter) {
    return store
        .query(new LogPlan.Search("default", TimeRange.ALL, filter, true, 10_000, null))
        .lines();
  }
}
