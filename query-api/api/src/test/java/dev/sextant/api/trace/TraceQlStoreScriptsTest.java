package dev.sextant.api.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.storage.Position;
import dev.sextant.storage.block.BlockSettings;
import dev.sextant.trace.EmbeddedTraceStore;
import dev.sextant.trace.PlainPayload;
import dev.sextant.trace.SpanBatch;
import dev.sextant.trace.TraceStoreSettings;
import dev.sextant.trace.model.PlainSpan;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanRequest;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.trace.model.SpanValue;
import dev.sextant.traceql.QueryLimits;
import dev.sextant.traceql.TraceQlEngine;
import dev.sextant.traceql.script.ScriptResult;
import dev.sextant.traceql.script.TraceQlScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * TraceQL over the embedded store gives what it gives over memory: all of the language's own
 * scripts, over blocks of every state.
 */
class TraceQlStoreScriptsTest {
  private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
  private static final Path SCRIPTS =
      Path.of(System.getProperty("sextant.root", "../.."))
          .resolve("query-api/traceql/src/test/resources/traceql");

  /** Where the spans are. */
  private enum Kept {
    /** In one block that is still filled. */
    OPEN(4096, 500_000),
    /** In closed blocks of two spans, the last ones in an open one. */
    CLOSED(2, 500_000),
    /** In runs of three spans or a few more, trace by trace, the last ones in hot blocks. */
    SEALED(2, 1);

    private final BlockSettings blocks;

    Kept(int blockRows, int runRows) {
      blocks =
          BlockSettings.DEFAULT
              .withBlocks(blockRows, 1 << 20, Duration.ofDays(1))
              .withRunRows(runRows)
              .withoutBackground();
    }

    /** Whether what was applied so far is closed, and sealed where settings say so. */
    boolean isClosedAt(int piece) {
      return this != OPEN && piece % 2 == 0;
    }
  }

  @TempDir private Path folder;
  private final List<EmbeddedTraceStore> stores = new ArrayList<>();
  private int opened;
  private long closedBlocks;
  private long sealedRuns;

  @ParameterizedTest
  @EnumSource
  void everyScript_passes(Kept kept) throws IOException {
    TraceQlEngine engine = new TraceQlEngine(QueryLimits.DEFAULT);
    List<String> failures = new ArrayList<>();
    int cases = 0;
    try (Stream<Path> files = Files.list(SCRIPTS)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".test")).sorted().toList()) {
        ScriptResult result =
            TraceQlScript.parse(file.getFileName().toString(), Files.readString(file))
                .run(engine, spans -> source(kept, spans));
        failures.addAll(result.failures());
        cases += result.cases();
        closeStores();
      }
    }
    assertThat(failures).isEmpty();
    assertThat(cases).isGreaterThan(300);
    assertThat(closedBlocks > 0).as("blocks were closed").isEqualTo(kept != Kept.OPEN);
    assertThat(sealedRuns > 0).as("runs were written").isEqualTo(kept == Kept.SEALED);
  }

  @AfterEach
  void closeStores() {
    stores.forEach(EmbeddedTraceStore::close);
    stores.clear();
  }

  private SpanSource source(Kept kept, List<PlainSpan> spans) {
    List<PlainSpan> once = once(spans);
    SpanSource traces = store(kept, spans);
    return new ByUnit(traces, once.size() == spans.size() ? traces : store(kept, once));
  }

  /** The first of those that are sent again. */
  private static List<PlainSpan> once(List<PlainSpan> spans) {
    Set<List<Long>> seen = new HashSet<>();
    return spans.stream()
        .filter(
            span ->
                seen.add(
                    List.of(span.traceHigh(), span.traceLow(), span.spanId(), (long) span.kind())))
        .toList();
  }

  private SpanSource store(Kept kept, List<PlainSpan> spans) {
    EmbeddedTraceStore store =
        EmbeddedTraceStore.open(
            folder.resolve("s" + opened++),
            TraceStoreSettings.DEFAULT.withBlocks(kept.blocks),
            InstantSource.fixed(NOW));
    stores.add(store);
    for (int from = 0, piece = 0; from < spans.size(); from += 3, piece++) {
      SpanBatch batch =
          PlainPayload.batch("default", spans.subList(from, Math.min(from + 3, spans.size())));
      store.apply(batch, new Position(from, NOW.toEpochMilli()));
      if (kept.isClosedAt(piece)) {
        store.commit();
        store.maintain();
      }
    }
    closedBlocks += store.counters().blocksClosed();
    sealedRuns += store.counters().sealedRuns();
    return store.spans("default");
  }

  /**
   * What is read by spans may come as often as it was sent, which changes what is counted: there,
   * nothing is sent again.
   */
  private record ByUnit(SpanSource traces, SpanSource spans) implements SpanSource {
    @Override
    public Inspected read(SpanRequest request, Sink sink) {
      return switch (request.unit()) {
        case TRACES -> traces.read(request, sink);
        case SPANS -> spans.read(request, sink);
      };
    }

    @Override
    public List<SpanField.Attribute> attributes(
        long from, long to, Set<SpanField.Scope> scopes, int limit, Runnable checkpoint) {
      return spans.attributes(from, to, scopes, limit, checkpoint);
    }

    @Override
    public List<SpanValue> values(
        SpanField field,
        long from,
        long to,
        SpanCondition condition,
        int limit,
        Runnable checkpoint) {
      return spans.values(field, from, to, condition, limit, checkpoint);
    }
  }
}
