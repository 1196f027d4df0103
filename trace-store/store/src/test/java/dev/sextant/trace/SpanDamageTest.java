package dev.sextant.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.storage.Position;
import dev.sextant.storage.StoreException;
import dev.sextant.storage.block.BlockDamagedException;
import dev.sextant.storage.block.BlockSettings;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanField;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bytes of stored blocks flipped one by one: what is read is what was sent, or one typed exception,
 * and what does not lie in the damaged part is read all the same.
 */
class SpanDamageTest {
  private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");

  /** Every so manieth byte. */
  private static final int STEP = Boolean.getBoolean("sextant.long") ? 1 : 211;

  @TempDir Path directory;
  private Path root;
  private final Map<Long, Span> sent = new TreeMap<>();
  private Path file;

  private EmbeddedTraceStore open() {
    BlockSettings blocks =
        BlockSettings.DEFAULT
            .withBlocks(4096, 1 << 20, Duration.ofDays(1))
            .withRunRows(150)
            .withoutBackground();
    return EmbeddedTraceStore.open(
        root, TraceStoreSettings.DEFAULT.withBlocks(blocks), InstantSource.fixed(NOW));
  }

  @BeforeEach
  void fill() throws IOException {
    root = directory.resolve("whole");
    try (EmbeddedTraceStore store = open()) {
      for (int seed = 0; seed < 120; seed++) {
        ExportTraceServiceRequest request = new RandomTraces(seed).request();
        List<Span> spans = ProtoSpans.of(request, sent.size());
        if (!spans.isEmpty()) {
          store.apply(
              new SpanBatch("default", spans.size(), ByteBuffer.wrap(request.toByteArray())),
              new Position(sent.size(), NOW.toEpochMilli()));
        }
        for (Span span : spans) {
          sent.put(span.spanId(), ProtoSpans.unnumbered(span));
        }
        if (seed == 80) {
          store.commit();
          store.maintain();
        }
      }
    }
    try (Stream<Path> files = Files.walk(root)) {
      file =
          files
              .filter(each -> each.toString().endsWith(".dvd") || each.toString().endsWith(".cfs"))
              .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
              .orElseThrow();
    }
  }

  @Test
  void flippedByte_isATypedErrorOrNothing() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int damaged = 0;
    int whole = 0;
    for (int at = 0; at < bytes.length; at += STEP) {
      root = directory.resolve("flipped-" + at);
      EmbeddedTraceStoreTest.copy(directory.resolve("whole"), root);
      bytes[at] ^= 0x10;
      Files.write(root.resolve(directory.resolve("whole").relativize(file)), bytes);
      bytes[at] ^= 0x10;
      boolean met = read();
      damaged += met ? 1 : 0;
      whole += met ? 0 : 1;
    }
    assertThat(damaged).as("flips that were met").isGreaterThan(whole);
  }

  /** Reads all that there is; true where some of it is damaged. */
  private boolean read() {
    List<String> problems = new ArrayList<>();
    int read = 0;
    try (EmbeddedTraceStore store = open();
        SpanSnapshot snapshot = store.snapshot("default")) {
      List<SpanBlockRef> blocks = new ArrayList<>(snapshot.hot());
      snapshot.runs().forEach(run -> blocks.addAll(run.blocks(Long.MIN_VALUE, Long.MAX_VALUE)));
      for (SpanBlockRef ref : blocks) {
        try {
          read += read(ref.open(), problems);
        } catch (BlockDamagedException e) {
          problems.add(e.getMessage());
        }
      }
      return !problems.isEmpty() || read < sent.size();
    } catch (StoreException e) {
      // Lucene's own files have checksums too; such a partition is put aside or not opened.
      return true;
    }
  }

  private int read(SpanBlock block, List<String> problems) {
    int columns = 0;
    for (SpanField field :
        List.of(
            SpanField.Intrinsic.NAME,
            SpanField.Intrinsic.KIND,
            SpanField.Intrinsic.START,
            SpanField.SERVICE,
            SpanField.span("a1"),
            SpanField.span("a2"))) {
      try {
        SpanColumn column = block.column(field);
        if (column instanceof SpanColumn.Coded coded) {
          coded.codes();
          coded.dictionary().forEach(Object::hashCode);
        }
        columns++;
      } catch (BlockDamagedException e) {
        problems.add(e.getMessage());
      }
    }
    assertThat(problems.isEmpty() || columns > 0 || problems.size() >= 6).isTrue();
    int read = 0;
    for (int row = 0; row < block.rows(); row++) {
      Span span = ProtoSpans.unnumbered(block.decode(row));
      assertThat(span).isEqualTo(sent.get(span.spanId()));
      read++;
    }
    return read;
  }
}
