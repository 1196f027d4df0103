package dev.sextant.benchmarks.traces;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Bytes of a server's files.
 *
 * @param spans in the trace store
 * @param journal of spans
 * @param byKind those of the trace store by the ends of the files' names; less than a
 *     five-hundredth of all is {@code other}
 */
record DiskUse(long spans, long journal, Map<String, Long> byKind) {
  static DiskUse of(Path data) throws IOException {
    Map<String, Long> byKind = new TreeMap<>();
    long spans = walk(data.resolve("traces"), byKind);
    long journal = walk(data.resolve("journal").resolve("traces"), new TreeMap<>());
    return new DiskUse(spans, journal, withoutSmall(byKind, spans / 500));
  }

  private static Map<String, Long> withoutSmall(Map<String, Long> byKind, long least) {
    Map<String, Long> large = new TreeMap<>();
    byKind.forEach((kind, bytes) -> large.merge(bytes < least ? "other" : kind, bytes, Long::sum));
    return large;
  }

  private static long walk(Path directory, Map<String, Long> byKind) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = String.valueOf(file.getFileName());
        byKind.merge(name.substring(name.lastIndexOf('.') + 1), Files.size(file), Long::sum);
      }
    }
    return byKind.values().stream().mapToLong(Long::longValue).sum();
  }
}
