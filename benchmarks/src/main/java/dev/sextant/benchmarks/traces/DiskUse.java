package dev.sextant.benchmarks.traces;

import dev.sextant.storage.block.BlockSettings;
import dev.sextant.trace.EmbeddedTraceStore;
import dev.sextant.trace.TraceStoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Bytes of a server's files.
 *
 * @param spans in the trace store
 * @param journal of spans
 */
record DiskUse(long spans, long journal) {
  private static final String SPANS = "traces";

  static DiskUse of(Path data) throws IOException {
    return new DiskUse(bytes(data.resolve(SPANS)), bytes(data.resolve("journal").resolve(SPANS)));
  }

  private static long bytes(Path directory) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  /**
   * What each column takes, the largest first; what takes less than {@code least} counts together,
   * and so does what belongs to no column. For a data directory that no server uses any more.
   *
   * @param nowMillis time of the server's clock at its end
   */
  Map<String, Long> byColumn(Path data, long nowMillis, long least) {
    Map<String, Long> columns;
    try (EmbeddedTraceStore store =
        EmbeddedTraceStore.open(
            data.resolve(SPANS),
            TraceStoreSettings.DEFAULT.withBlocks(BlockSettings.DEFAULT.withoutBackground()),
            InstantSource.fixed(Instant.ofEpochMilli(nowMillis)))) {
      columns = store.bytesByColumn("default");
    }
    List<Map.Entry<String, Long>> largestFirst =
        columns.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
            .toList();
    Map<String, Long> shown = new LinkedHashMap<>();
    long small = 0;
    for (Map.Entry<String, Long> each : largestFirst) {
      if (each.getValue() >= least) {
        shown.put(each.getKey(), each.getValue());
      } else {
        small += each.getValue();
      }
    }
    shown.put("smaller ones", small);
    long inColumns = columns.values().stream().mapToLong(Long::longValue).sum();
    shown.put("no column", spans - inColumns);
    return shown;
  }
}
